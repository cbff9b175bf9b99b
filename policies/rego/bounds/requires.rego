# `effects/<e>/requires/<FLAG>`: known when the envelope was compiled.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.requires
	bound.holds == true
}
