# `validity/not_before`, `validity/expires_at`, `validity/duration`: half-open windows in time.
package ambit

satisfied contains bound.id if {
	some bound in envelope.bounds.notBefore
	now >= bound.at
}

satisfied contains bound.id if {
	some bound in envelope.bounds.expiresAt
	now < bound.at
}

satisfied contains bound.id if {
	some bound in envelope.bounds.duration
	elapsed(input.state.activatedAt) < bound.max
}
