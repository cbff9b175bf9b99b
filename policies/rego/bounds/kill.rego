# `kill`: no kill signal was seen.
package ambit

satisfied contains bound.id if {
	some bound in envelope.bounds.kill
	input.state.killed == false
}
