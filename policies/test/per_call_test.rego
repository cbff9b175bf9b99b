package per_call_test

import data.fixtures

violated := fixtures.deny(["effects/act/per_call/f"])

bound(shape) := {"perCall": [{"id": "effects/act/per_call/f", "field": "f", "shape": shape, "min": 1, "max": 200}]}

judged(shape, value) := fixtures.effect(bound(shape), fixtures.fields({"f": value}))

test_closed_at_both_ends if {
	every value in [1, 2, 200] { judged("number", value) == fixtures.allow }
	every value in [-1, 0, 201, 9007199254740991] { judged("number", value) == violated }
}

test_numbers_that_every_reading_holds if {
	far := 9007199254740991
	bounds := {"perCall": [{"id": "effects/act/per_call/f", "field": "f", "shape": "number", "min": 0 - far, "max": far}]}
	every value in [0 - far, far] { fixtures.effect(bounds, fixtures.fields({"f": value})) == fixtures.allow }
	every value in [(0 - far) - 1, far + 1] { fixtures.effect(bounds, fixtures.fields({"f": value})) == violated }
}

test_smallest_and_largest if {
	judged("range", {"min": 1, "max": 200}) == fixtures.allow
	judged("range", {"min": 0, "max": 200}) == violated
	judged("range", {"min": 1, "max": 201}) == violated
	judged("range", {"min": 200, "max": 1}) == fixtures.allow
}

test_missing_or_mistyped if {
	every value in fixtures.no_numbers {
		judged("number", value) == violated
		judged("range", value) == violated
		judged("range", {"min": value, "max": 2}) == violated
		judged("range", {"min": 2, "max": value}) == violated
	}
	judged("number", {"min": 1, "max": 2}) == violated
	judged("range", 2) == violated
	judged("range", {"min": 2}) == violated
	judged("range", {"max": 2}) == violated
	fixtures.effect(bound("number"), fixtures.request) == violated
	fixtures.effect(bound("range"), fixtures.request) == violated
}
