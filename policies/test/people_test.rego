# approval and channel.
package people_test

import data.fixtures

channel := {"channel": [{"id": "effects/act/channel", "keys": 2}]}

always := {"approval": [{"id": "effects/act/approval", "keys": 2}]}

when(conditions) := {"approval": [{"id": "effects/act/approval", "keys": 2, "when": conditions}]}

held := fixtures.hold(["effects/act/approval"])

asked(condition, value) := fixtures.effect(when([object.union(condition, {"field": "f"})]), fixtures.fields({"f": value}))

absent(condition) := fixtures.effect(when([object.union(condition, {"field": "f"})]), fixtures.request)

test_enough_keys if {
	every keys in [2, 3] {
		fixtures.effect(always, fixtures.changed("/state/approvals/effects~1act~1approval", keys)) == fixtures.allow
		fixtures.effect(channel, fixtures.changed("/state/approvals/effects~1act~1channel", keys)) == fixtures.allow
	}
}

test_too_few_missing_or_mistyped_keys if {
	every keys in array.concat(fixtures.no_numbers, [-1, 0, 1]) {
		fixtures.effect(always, fixtures.changed("/state/approvals/effects~1act~1approval", keys)) == held
		no_channel := fixtures.hold(["effects/act/channel"])
		fixtures.effect(channel, fixtures.changed("/state/approvals/effects~1act~1channel", keys)) == no_channel
	}
	fixtures.effect(always, fixtures.request) == held
}

test_an_approval_lifts_only_its_own_bound if {
	approved := fixtures.changed("/state/approvals/effects~1act~1approval", 2)
	fixtures.effect(channel, approved) == fixtures.hold(["effects/act/channel"])
}

min := {"op": "min", "shape": "number", "value": 10}

max := {"op": "max", "shape": "number", "value": 10}

test_min_and_max_match_at_the_limit if {
	asked(min, 9) == fixtures.allow
	asked(min, 10) == held
	asked(min, 11) == held
	asked(max, 11) == fixtures.allow
	asked(max, 10) == held
	asked(max, 9) == held
}

test_min_and_max_on_a_range if {
	ranged_min := object.union(min, {"shape": "range"})
	asked(ranged_min, {"min": 1, "max": 9}) == fixtures.allow
	asked(ranged_min, {"min": 1, "max": 10}) == held
	ranged_max := object.union(max, {"shape": "range"})
	asked(ranged_max, {"min": 11, "max": 20}) == fixtures.allow
	asked(ranged_max, {"min": 10, "max": 20}) == held
	asked(ranged_max, 11) == held
}

test_one_of if {
	texts := {"op": "oneOf", "shape": "text", "values": {"texts": {"x": true}}}
	asked(texts, "y") == fixtures.allow
	asked(texts, "x") == held
	asked(texts, 1) == held
	absent(texts) == held
	numbers := {"op": "oneOf", "shape": "number", "values": {"numbers": [1]}}
	asked(numbers, 2) == fixtures.allow
	asked(numbers, 1) == held
	asked(numbers, "2") == held
	booleans := {"op": "oneOf", "shape": "boolean", "values": {"booleans": [true]}}
	asked(booleans, false) == fixtures.allow
	asked(booleans, true) == held
	asked(booleans, "false") == held
	names := {"op": "oneOf", "shape": "name", "values": {"texts": {"x": true}}}
	asked(names, {"value": "y", "under": ["y", "x"]}) == fixtures.allow
	asked(names, {"value": "x", "under": ["x"]}) == held
	asked(names, "y") == held
}

test_equals if {
	equals := {"op": "equals", "shape": "number", "value": 1}
	asked(equals, 2) == fixtures.allow
	asked(equals, 1) == held
}

test_what_cannot_be_compared_calls_for_people if {
	every value in fixtures.no_numbers {
		asked(min, value) == held
		asked(max, value) == held
		asked({"op": "equals", "shape": "number", "value": 5}, value) == held
	}
	absent(min) == held
	absent({"op": "equals", "shape": "boolean", "value": true}) == held
	asked({"op": "novel", "shape": "number", "value": 1}, 2) == held
	fixtures.effect(when([]), fixtures.request) == held
}

test_any_condition_that_matches_calls_for_people if {
	conditions := [object.union(min, {"field": "f"}), object.union(min, {"field": "g"})]
	fixtures.effect(when(conditions), fixtures.fields({"f": 1, "g": 1})) == fixtures.allow
	fixtures.effect(when(conditions), fixtures.fields({"f": 1, "g": 10})) == held
	fixtures.effect(when(conditions), fixtures.fields({"f": 10, "g": 1})) == held
}
