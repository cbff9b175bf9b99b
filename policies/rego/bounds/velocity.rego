# `effects/<e>/velocity/<i>`: fewer calls than `max` were allowed in the window.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.velocity
	allowed := input.state.velocity[bound.id]
	safe_integer(allowed)
	allowed >= 0
	allowed < bound.max
}
