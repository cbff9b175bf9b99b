package justification_test

import data.fixtures

bounds := {"justification": [{"id": "effects/act/justification"}]}

violated := fixtures.deny(["effects/act/justification"])

test_justified if fixtures.effect(bounds, fixtures.changed("/justified", true)) == fixtures.allow

test_not_justified_missing_or_mistyped if {
	every value in array.concat(fixtures.no_booleans, [false]) {
		fixtures.effect(bounds, fixtures.changed("/justified", value)) == violated
	}
	fixtures.effect(bounds, fixtures.without("/justified")) == violated
}
