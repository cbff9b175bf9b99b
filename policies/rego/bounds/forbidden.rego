# `forbidden/<i>`: the entry matches neither effect nor tool.
package ambit

satisfied contains bound.id if {
	some bound in envelope.bounds.forbidden
	bound.effects
	is_string(input.effect)
	not bound.effects[input.effect]
}

satisfied contains bound.id if {
	some bound in envelope.bounds.forbidden
	is_string(input.tool)
	input.tool != bound.tool
}
