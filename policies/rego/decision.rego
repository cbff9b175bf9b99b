# The one question that Ambit answers (SPEC §3): which bounds of the envelope does this request violate, and what follows?
#
# A bound is violated unless a file under bounds/ confirms it: an operand that is missing or mistyped confirms nothing, and
# neither does a kind of bound that this library does not know.
package ambit

default decision := {"verdict": "deny", "violations": ["envelope"]}

decision := {"verdict": verdict, "violations": sort(violations)} if envelope

envelope := data.ambit.envelopes[input.envelope]

# The effect that the request reaches: only through one of its own tools.
effect := candidate if {
	candidate := envelope.effects[input.effect]
	candidate.tools[input.tool]
}

violations := required - satisfied

required contains bound.id if {
	some bounds in envelope.bounds
	some bound in bounds
}

required contains bound.id if {
	some bounds in effect.bounds
	some bound in bounds
}

verdict := "allow" if count(violations) == 0

verdict := "hold" if {
	count(violations) > 0
	count(violations - holdable) == 0
}

verdict := "deny" if count(violations - holdable) > 0

# The bounds that people can lift.
holdable contains bound.id if some bound in effect.bounds.approval

holdable contains bound.id if some bound in effect.bounds.channel
