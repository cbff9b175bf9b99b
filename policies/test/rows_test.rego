package rows_test

import data.fixtures

bounds := {"rows": [{"id": "effects/act/rows/0", "field": "rows/0", "oneOf": {"[\"Ritz\",1]": true, "[\"Savoy\",2]": true}}]}

judged(value) := fixtures.effect(bounds, fixtures.fields({"rows/0": value}))

violated := fixtures.deny(["effects/act/rows/0"])

test_one_of_the_rows if {
	judged(`["Savoy",2]`) == fixtures.allow
	judged(`["Ritz",2]`) == violated
	judged(`["Ritz", 1]`) == violated
}

test_missing_or_mistyped if {
	every value in array.concat(fixtures.no_strings, [["Ritz", 1]]) { judged(value) == violated }
	fixtures.effect(bounds, fixtures.request) == violated
}
