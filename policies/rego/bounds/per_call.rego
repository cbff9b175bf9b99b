# `effects/<e>/per_call/<field>`: `min ≤ v ≤ max`.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.perCall
	value := extremes(bound)
	value.min >= bound.min
	value.max <= bound.max
}
