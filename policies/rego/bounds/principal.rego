# `principal`: the agent that the envelope is made out to.
package ambit

satisfied contains bound.id if {
	some bound in envelope.bounds.principal
	input.principal == bound.is
}
