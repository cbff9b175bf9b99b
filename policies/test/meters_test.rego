# session and budgets: one rule for both.
package meters_test

import data.fixtures

spend := {"budget": [{"id": "budgets/spend", "max": 500, "cost": {"field": "fee"}}]}

calls := {"session": [{"id": "effects/act/session/calls", "max": 3, "cost": {"constant": 1}}]}

no_spend := fixtures.deny(["budgets/spend"])

no_calls := fixtures.deny(["effects/act/session/calls"])

spending(used, fee) := fixtures.effect(
	spend,
	object.union(fixtures.changed("/state/meters/budgets~1spend", used), {"fields": {"fee": fee}}),
)

calling(used) := fixtures.effect(calls, fixtures.changed("/state/meters/effects~1act~1session~1calls", used))

test_exactly_at_the_cap_and_one_over if {
	spending(400, 100) == fixtures.allow
	spending(400, 101) == no_spend
	spending(0, 500) == fixtures.allow
	spending(0, 501) == no_spend
}

test_zero_at_an_exhausted_budget if {
	spending(500, 0) == fixtures.allow
	spending(500, 1) == no_spend
}

test_no_negative_amount_and_no_negative_use if {
	spending(400, -1) == no_spend
	spending(-1, 0) == no_spend
	spending(501, 0) == no_spend
	spending(501, -1) == no_spend
}

test_a_constant_cost if {
	calling(0) == fixtures.allow
	calling(2) == fixtures.allow
	calling(3) == no_calls
	calling(4) == no_calls
	calling(-1) == no_calls
}

test_nothing_overflows if {
	spending(1, 9007199254740991) == no_spend
	spending(9007199254740991, 1) == no_spend
}

test_missing_or_mistyped if {
	every value in fixtures.no_numbers {
		spending(value, 1) == no_spend
		spending(1, value) == no_spend
		calling(value) == no_calls
	}
	fixtures.effect(calls, fixtures.request) == no_calls
	fixtures.effect(spend, fixtures.fields({"fee": 1})) == no_spend
	fixtures.effect(spend, fixtures.changed("/state/meters/budgets~1spend", 1)) == no_spend
}
