# `effects/<e>/rows/<i>`: the tuple, as one canonical string, is one of the rows.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.rows
	bound.oneOf[input.fields[bound.field]]
}
