# `phase`: the session is active.
package ambit

satisfied contains bound.id if {
	some bound in envelope.bounds.phase
	input.state.phase == "active"
}
