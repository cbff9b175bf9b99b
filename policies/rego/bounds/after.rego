# `effects/<e>/after/<i>`: that effect was settled, not longer ago than `within`.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.after
	elapsed(input.state.last[bound.effect]) <= bound.within
}
