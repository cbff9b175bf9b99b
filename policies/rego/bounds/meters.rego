# `effects/<e>/session/<field or calls>` and `budgets/<meter>`: what the call adds fits beside what is used and held.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.session
	has_room(bound)
}

satisfied contains bound.id if {
	some bound in effect.bounds.budget
	has_room(bound)
}
