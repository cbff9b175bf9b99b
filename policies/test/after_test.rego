package after_test

import data.fixtures

bounds := {"after": [{"id": "effects/act/after/0", "effect": "plan", "within": 3600}]}

judged(last) := fixtures.effect(bounds, fixtures.changed("/state/last/plan", last))

violated := fixtures.deny(["effects/act/after/0"])

test_not_longer_ago_and_not_in_the_future if {
	every last in [1000000, 996400] { judged(last) == fixtures.allow }
	every last in [996399, 1000001, 0, -9007199254740991] { judged(last) == violated }
}

test_missing_or_mistyped if {
	every value in array.concat(fixtures.no_numbers, [999999.5]) { judged(value) == violated }
	fixtures.effect(bounds, fixtures.request) == violated
}
