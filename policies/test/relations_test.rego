package relations_test

import data.fixtures

violated := fixtures.deny(["effects/act/relations/0"])

judged(shape, op, left, right) := fixtures.effect(
	{"relations": [{"id": "effects/act/relations/0", "left": "a", "op": op, "right": "b", "shape": shape}]},
	fixtures.fields({"a": left, "b": right}),
)

test_numbers if {
	every op in ["==", "<="] { judged("number", op, 7, 7) == fixtures.allow }
	every op in ["!=", "<"] { judged("number", op, 7, 7) == violated }
	every op in ["!=", "<", "<="] { judged("number", op, 7, 8) == fixtures.allow }
	every op in ["<", "<="] { judged("number", op, 8, 7) == violated }
	judged("number", "==", 7, 8) == violated
}

test_texts if {
	judged("text", "==", "x", "x") == fixtures.allow
	judged("text", "==", "x", "X") == violated
	judged("text", "!=", "x", "X") == fixtures.allow
	judged("text", "!=", "x", "x") == violated
}

test_there_is_no_order_on_texts if {
	judged("text", "<", "a", "b") == violated
	judged("text", "<=", "a", "a") == violated
}

test_booleans if {
	judged("boolean", "==", true, true) == fixtures.allow
	judged("boolean", "!=", true, true) == violated
}

test_names_compare_by_value if {
	judged("name", "==", {"value": "x", "under": ["x"]}, {"value": "x", "under": ["x", "y"]}) == fixtures.allow
	judged("name", "!=", {"value": "x", "under": ["x"]}, {"value": "x", "under": ["x", "y"]}) == violated
}

test_sets_compare_by_items if {
	judged("textSet", "==", {"count": 1, "items": ["x", "y"]}, {"count": 2, "items": ["y", "x"]}) == fixtures.allow
	judged("textSet", "!=", {"count": 1, "items": ["x"]}, {"count": 1, "items": ["y"]}) == fixtures.allow
	judged("numberSet", "==", {"count": 1, "items": [1]}, {"count": 1, "items": [2]}) == violated
	judged("textSet", "<", {"count": 1, "items": ["x"]}, {"count": 1, "items": ["y"]}) == violated
}

test_missing_or_mistyped if {
	every value in fixtures.no_numbers {
		every op in ["==", "!=", "<", "<="] {
			judged("number", op, value, 7) == violated
			judged("number", op, 7, value) == violated
			judged("number", op, value, value) == violated
		}
	}
	bounds := {"relations": [{"id": "effects/act/relations/0", "left": "a", "op": "!=", "right": "b", "shape": "text"}]}
	fixtures.effect(bounds, fixtures.request) == violated
	fixtures.effect(bounds, fixtures.fields({"a": "x"})) == violated
	fixtures.effect(bounds, fixtures.fields({"b": "x"})) == violated
}

test_unknown_operator if judged("number", "~", 1, 1) == violated
