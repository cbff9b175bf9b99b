# allow on one value: text, number, boolean, name.
package allow_test

import data.fixtures

violated := fixtures.deny(["effects/act/allow/f"])

bound(shape, operators) := {"allow": [{"id": "effects/act/allow/f", "field": "f", "shape": shape, "operators": operators}]}

judged(shape, operator, value) := fixtures.effect(bound(shape, [operator]), fixtures.fields({"f": value}))

absent(shape, operator) := fixtures.effect(bound(shape, [operator]), fixtures.request)

one_of_texts := {"op": "oneOf", "values": {"texts": {"buy": true, "sell": true}}}

none_of_texts := {"op": "noneOf", "values": {"texts": {"buy": true, "sell": true}}}

one_of_numbers := {"op": "oneOf", "values": {"numbers": [1, 80, 443]}}

produced_text := {"op": "producedBy", "fact": "plan/order", "element": "text"}

produced_number := {"op": "producedBy", "fact": "plan/order", "element": "number"}

under := {"op": "under", "values": {"texts": {"example.com": true}}}

none_under := {"op": "noneUnder", "values": {"texts": {"example.com": true}}}

name(value, ancestors) := {"value": value, "under": array.concat([value], ancestors)}

inside := name("a.example.com", ["example.com", "com"])

outside := name("evilexample.com", ["com"])

test_one_of_texts if {
	judged("text", one_of_texts, "buy") == fixtures.allow
	every value in array.concat(fixtures.no_strings, ["", "Buy", "buy ", "bu", "hold"]) {
		judged("text", one_of_texts, value) == violated
	}
	absent("text", one_of_texts) == violated
}

test_none_of_texts if {
	judged("text", none_of_texts, "hold") == fixtures.allow
	every value in array.concat(fixtures.no_strings, ["buy", "sell"]) { judged("text", none_of_texts, value) == violated }
	absent("text", none_of_texts) == violated
}

test_one_of_numbers if {
	judged("number", one_of_numbers, 443) == fixtures.allow
	every value in array.concat(fixtures.no_numbers, [2, -1]) { judged("number", one_of_numbers, value) == violated }
	absent("number", one_of_numbers) == violated
}

test_equals if {
	judged("boolean", {"op": "equals", "value": false}, false) == fixtures.allow
	judged("text", {"op": "equals", "value": "x"}, "x") == fixtures.allow
	judged("number", {"op": "equals", "value": 0}, 0) == fixtures.allow
	every value in array.concat(fixtures.no_booleans, [true]) {
		judged("boolean", {"op": "equals", "value": false}, value) == violated
	}
	absent("boolean", {"op": "equals", "value": false}) == violated
}

test_names_compare_by_value if {
	hosts := {"texts": {"a.example.com": true}}
	judged("name", {"op": "oneOf", "values": hosts}, inside) == fixtures.allow
	judged("name", {"op": "oneOf", "values": hosts}, outside) == violated
	judged("name", {"op": "noneOf", "values": hosts}, inside) == violated
	judged("name", {"op": "noneOf", "values": hosts}, outside) == fixtures.allow
	judged("name", {"op": "equals", "value": "a.example.com"}, inside) == fixtures.allow
}

test_under if {
	judged("name", under, inside) == fixtures.allow
	judged("name", under, name("example.com", ["com"])) == fixtures.allow
	judged("name", under, outside) == violated
	judged("name", none_under, inside) == violated
	judged("name", none_under, outside) == fixtures.allow
}

no_names := [
	null,
	"a.example.com",
	["example.com"],
	{},
	{"value": "a.example.com"},
	{"under": ["example.com"]},
	{"value": 1, "under": ["example.com"]},
	{"value": "a.example.com", "under": "example.com"},
	{"value": "a.example.com", "under": {"example.com": "example.com"}},
	{"value": "a.example.com", "under": ["example.com", 1]},
]

test_mistyped_names if {
	every value in no_names {
		judged("name", under, value) == violated
		judged("name", none_under, value) == violated
		judged("name", none_of_texts, value) == violated
	}
	absent("name", none_under) == violated
}

produced(list) := fixtures.changed("/state/produced/plan~1order", list)

produced_judged(shape, operator, value, list) := fixtures.effect(
	bound(shape, [operator]),
	object.union(produced(list), {"fields": {"f": value}}),
)

test_produced_by if {
	produced_judged("text", produced_text, "o-1", ["o-0", "o-1"]) == fixtures.allow
	produced_judged("text", produced_text, "o-2", ["o-0", "o-1"]) == violated
	produced_judged("text", produced_text, "o-1", []) == violated
	produced_judged("number", produced_number, 7, [7]) == fixtures.allow
	produced_judged("number", produced_number, 8, [7]) == violated
}

test_produced_missing_or_mistyped if {
	judged("text", produced_text, "o-1") == violated
	every list in [null, "o-1", {"o-1": "o-1"}, ["o-1", 1], ["o-1", null]] {
		produced_judged("text", produced_text, "o-1", list) == violated
	}
	every list in [null, 7, {"7": 7}, [7, "7"], [7, 0.5]] {
		produced_judged("number", produced_number, 7, list) == violated
	}
}

test_every_operator_has_to_hold if {
	operators := [one_of_texts, {"op": "noneOf", "values": {"texts": {"sell": true}}}]
	fixtures.effect(bound("text", operators), fixtures.fields({"f": "buy"})) == fixtures.allow
	fixtures.effect(bound("text", operators), fixtures.fields({"f": "sell"})) == violated
}

test_what_the_library_does_not_know_confirms_nothing if {
	judged("text", {"op": "novel", "values": {"texts": {"buy": true}}}, "buy") == violated
	judged("novel", one_of_texts, "buy") == violated
	judged("text", {"op": "noneOf", "values": {"numbers": [1]}}, "buy") == violated
	judged("number", {"op": "noneOf", "values": {"texts": {"1": true}}}, 1) == violated
	judged("boolean", {"op": "noneOf", "values": {"texts": {"true": true}}}, true) == violated
	judged("name", {"op": "noneUnder", "values": {"numbers": [1]}}, outside) == violated
}
