package velocity_test

import data.fixtures

bounds := {"velocity": [{"id": "effects/act/velocity/0", "max": 5}]}

judged(allowed) := fixtures.effect(bounds, fixtures.changed("/state/velocity/effects~1act~1velocity~10", allowed))

violated := fixtures.deny(["effects/act/velocity/0"])

test_below_the_limit if {
	every allowed in [0, 4] { judged(allowed) == fixtures.allow }
	every allowed in [-1, 5, 6] { judged(allowed) == violated }
}

test_missing_or_mistyped if {
	every value in fixtures.no_numbers { judged(value) == violated }
	fixtures.effect(bounds, fixtures.request) == violated
}
