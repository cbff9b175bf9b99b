package validity_test

import data.fixtures

not_before := {"notBefore": [{"id": "validity/not_before", "at": 1000}]}

expires_at := {"expiresAt": [{"id": "validity/expires_at", "at": 2000}]}

duration := {"duration": [{"id": "validity/duration", "max": 500}]}

at(now) := fixtures.changed("/now", now)

since(activated_at, now) := object.union(at(now), {"state": {"activatedAt": activated_at}})

test_not_before_is_closed if {
	fixtures.common(not_before, at(999)) == fixtures.deny(["validity/not_before"])
	fixtures.common(not_before, at(1000)) == fixtures.allow
}

test_expires_at_is_open if {
	fixtures.common(expires_at, at(1999)) == fixtures.allow
	fixtures.common(expires_at, at(2000)) == fixtures.deny(["validity/expires_at"])
}

test_duration_is_half_open if {
	fixtures.common(duration, since(1000, 999)) == fixtures.deny(["validity/duration"])
	fixtures.common(duration, since(1000, 1000)) == fixtures.allow
	fixtures.common(duration, since(1000, 1499)) == fixtures.allow
	fixtures.common(duration, since(1000, 1500)) == fixtures.deny(["validity/duration"])
}

test_now_missing_or_mistyped if {
	all := object.union_n([not_before, expires_at, duration])
	ids := ["validity/duration", "validity/expires_at", "validity/not_before"]
	every value in fixtures.no_numbers { fixtures.common(all, at(value)) == fixtures.deny(ids) }
	fixtures.common(all, fixtures.without("/now")) == fixtures.deny(ids)
}

test_activated_at_missing_or_mistyped if {
	every value in fixtures.no_numbers {
		fixtures.common(duration, fixtures.changed("/state/activatedAt", value)) == fixtures.deny(["validity/duration"])
	}
	fixtures.common(duration, fixtures.without("/state/activatedAt")) == fixtures.deny(["validity/duration"])
}
