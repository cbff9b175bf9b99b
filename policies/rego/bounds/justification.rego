# `effects/<e>/justification`: a reason was given.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.justification
	input.justified == true
}
