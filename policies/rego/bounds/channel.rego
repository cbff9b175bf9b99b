# `effects/<e>/channel`: two keys approved the proposed effect.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.channel
	approved(bound)
}
