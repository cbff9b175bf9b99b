package evidence_test

import data.fixtures

bounds := {"evidence": [{"id": "evidence/perimeter", "name": "perimeter", "maxAge": 300}]}

for_some(effects) := {"evidence": [{"id": "evidence/perimeter", "name": "perimeter", "maxAge": 300, "effects": effects}]}

seen(at) := fixtures.changed("/state/evidence/perimeter", at)

violated := fixtures.deny(["evidence/perimeter"])

test_age if {
	fixtures.common(bounds, seen(1000000)) == fixtures.allow
	fixtures.common(bounds, seen(999700)) == fixtures.allow
	fixtures.common(bounds, seen(999699)) == violated
}

test_in_the_future if fixtures.common(bounds, seen(1000001)) == violated

test_missing_or_mistyped if {
	every value in fixtures.no_numbers { fixtures.common(bounds, seen(value)) == violated }
	fixtures.common(bounds, fixtures.request) == violated
}

test_asked_of_some_effects_only if {
	fixtures.common(for_some({"act": true}), fixtures.request) == violated
	fixtures.common(for_some({"act": true}), seen(1000000)) == fixtures.allow
	fixtures.common(for_some({"other": true}), fixtures.request) == fixtures.allow
}

test_asked_of_no_effect_where_none_is_named if {
	fixtures.common(for_some({"act": true}), fixtures.without("/effect")) == fixtures.allow
	fixtures.common(for_some({"act": true}), fixtures.changed("/effect", null)) == fixtures.allow
}
