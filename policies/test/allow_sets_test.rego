package allow_sets_test

import data.fixtures

violated := fixtures.deny(["effects/act/allow/f"])

bound(shape, operator) := {"allow": [{
	"id": "effects/act/allow/f",
	"field": "f",
	"shape": shape,
	"operators": [operator],
}]}

judged(shape, operator, value) := fixtures.effect(bound(shape, operator), fixtures.fields({"f": value}))

set_of(items) := {"count": count(items), "items": items}

subset_of_texts := {"op": "subsetOf", "values": {"texts": {"a": true, "b": true}}}

disjoint_from_texts := {"op": "disjointFrom", "values": {"texts": {"a": true, "b": true}}}

subset_of_numbers := {"op": "subsetOf", "values": {"numbers": [1, 2]}}

disjoint_from_numbers := {"op": "disjointFrom", "values": {"numbers": [1, 2]}}

test_subset_of if {
	every items in [[], ["a"], ["a", "b"]] { judged("textSet", subset_of_texts, set_of(items)) == fixtures.allow }
	every items in [["a", "c"], ["A"], [""]] { judged("textSet", subset_of_texts, set_of(items)) == violated }
	judged("numberSet", subset_of_numbers, set_of([1, 2])) == fixtures.allow
	judged("numberSet", subset_of_numbers, set_of([1, 3])) == violated
}

test_disjoint_from if {
	every items in [[], ["c"], ["c", "d"]] { judged("textSet", disjoint_from_texts, set_of(items)) == fixtures.allow }
	every items in [["c", "a"], ["b"]] { judged("textSet", disjoint_from_texts, set_of(items)) == violated }
	judged("numberSet", disjoint_from_numbers, set_of([3])) == fixtures.allow
	judged("numberSet", disjoint_from_numbers, set_of([1, 3])) == violated
}

test_number_of_items if {
	judged("textSet", {"op": "minItems", "value": 1}, set_of([])) == violated
	judged("textSet", {"op": "minItems", "value": 1}, set_of(["a"])) == fixtures.allow
	judged("textSet", {"op": "maxItems", "value": 1}, set_of(["a"])) == fixtures.allow
	judged("textSet", {"op": "maxItems", "value": 1}, set_of(["a", "b"])) == violated
}

test_the_count_is_taken_as_it_stands if {
	judged("textSet", {"op": "maxItems", "value": 1}, {"count": 1, "items": ["a", "b"]}) == fixtures.allow
	judged("textSet", {"op": "minItems", "value": 1}, {"count": 0, "items": ["a", "b"]}) == violated
}

no_text_sets := [
	null,
	"a",
	["a"],
	{},
	{"items": ["a"]},
	{"count": 1},
	{"count": -1, "items": []},
	{"count": 1.5, "items": ["a"]},
	{"count": "1", "items": ["a"]},
	{"count": 1, "items": "a"},
	{"count": 1, "items": {"a": "a"}},
	{"count": 1, "items": ["a", 1]},
	{"count": 1, "items": ["a", null]},
]

test_mistyped_sets if {
	every value in no_text_sets {
		judged("textSet", subset_of_texts, value) == violated
		judged("textSet", {"op": "disjointFrom", "values": {"texts": {"z": true}}}, value) == violated
		judged("textSet", {"op": "minItems", "value": 0}, value) == violated
		judged("textSet", {"op": "maxItems", "value": 9}, value) == violated
	}
	every item in fixtures.no_numbers {
		judged("numberSet", {"op": "disjointFrom", "values": {"numbers": [9]}}, set_of([item])) == violated
	}
	fixtures.effect(bound("textSet", {"op": "minItems", "value": 0}), fixtures.request) == violated
}

produced(list) := fixtures.changed("/state/produced/plan~1order", list)

produced_by := {"op": "producedBy", "fact": "plan/order", "element": "text"}

produced_judged(value, list) := fixtures.effect(
	bound("textSet", produced_by),
	object.union(produced(list), {"fields": {"f": value}}),
)

test_every_item_was_produced if {
	produced_judged(set_of(["o-1", "o-2"]), ["o-2", "o-0", "o-1"]) == fixtures.allow
	produced_judged(set_of([]), []) == fixtures.allow
	produced_judged(set_of(["o-1", "o-3"]), ["o-2", "o-0", "o-1"]) == violated
	every list in [null, "o-1", {}, ["o-1", 1]] {
		produced_judged(set_of(["o-1"]), list) == violated
		produced_judged(set_of([]), list) == violated
	}
	judged("textSet", produced_by, set_of([])) == violated
}

under := {"op": "under", "values": {"texts": {"example.com": true}}}

none_under := {"op": "noneUnder", "values": {"texts": {"example.com": true}}}

inside := ["a.example.com", "example.com", "com"]

outside := ["evilexample.com", "com"]

names(lists) := {"count": count(lists), "items": [list[0] | some list in lists], "under": lists}

test_every_item_under if {
	every lists in [[], [inside], [inside, ["example.com", "com"]]] { judged("nameSet", under, names(lists)) == fixtures.allow }
	every lists in [[outside], [inside, outside], [[]], [inside, []]] { judged("nameSet", under, names(lists)) == violated }
}

test_no_item_under if {
	every lists in [[], [outside], [outside, []]] { judged("nameSet", none_under, names(lists)) == fixtures.allow }
	every lists in [[inside], [outside, inside]] { judged("nameSet", none_under, names(lists)) == violated }
}

slots(count, filled) := {"count": count, "items": ["a.example.com"], "under": [inside | some _ in numbers.range(1, filled)]}

test_slots_up_to_the_count_and_at_most_32 if {
	judged("nameSet", under, slots(32, 32)) == fixtures.allow
	judged("nameSet", under, slots(33, 33)) == violated
	judged("nameSet", under, slots(2, 1)) == violated
	judged("nameSet", under, {"count": 1, "items": [], "under": [inside, outside]}) == fixtures.allow
	judged("nameSet", none_under, {"count": 1, "items": [], "under": [outside, inside]}) == violated
}

test_mistyped_ancestors if {
	every lists in [null, "com", {}, [null], ["example.com"], [["example.com", 1]], [{"a": "example.com"}]] {
		value := {"count": 1, "items": ["a.example.com"], "under": lists}
		judged("nameSet", under, value) == violated
		judged("nameSet", none_under, value) == violated
	}
	judged("nameSet", none_under, set_of(["a.example.com"])) == violated
	judged("textSet", none_under, names([outside])) == violated
}
