# `granted`: the effect is listed in the envelope and reached through one of its tools.
package ambit

satisfied contains bound.id if {
	some bound in envelope.bounds.granted
	effect
}
