# `halt`: no circuit breaker is active.
package ambit

satisfied contains bound.id if {
	some bound in envelope.bounds.halt
	input.state.halted == false
}
