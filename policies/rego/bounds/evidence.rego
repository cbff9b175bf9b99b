# `evidence/<name>`: seen recently enough; with `effects`, asked of those only.
package ambit

satisfied contains bound.id if {
	some bound in envelope.bounds.evidence
	elapsed(input.state.evidence[bound.name]) <= bound.maxAge
}

satisfied contains bound.id if {
	some bound in envelope.bounds.evidence
	bound.effects
	not concerns(bound)
}

# Beside it, `not` would fall with a request that names no effect.
concerns(bound) if bound.effects[input.effect]
