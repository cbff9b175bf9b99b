# `mode`: known when the envelope was compiled.
package ambit

satisfied contains bound.id if {
	some bound in effect.bounds.mode
	bound.holds == true
}
