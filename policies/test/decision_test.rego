package decision_test

import data.fixtures

bounds := {
	"granted": [{"id": "granted"}],
	"kill": [{"id": "kill"}],
}

people := {
	"approval": [{"id": "effects/act/approval", "keys": 1}],
	"channel": [{"id": "effects/act/channel", "keys": 2}],
}

test_no_violation_allows if fixtures.answer(bounds, {}, fixtures.request) == fixtures.allow

test_another_envelope_is_denied if {
	every digest in ["sha256:other", "", null, 1, [], {}] {
		fixtures.answer(bounds, {}, fixtures.changed("/envelope", digest)) == fixtures.deny(["envelope"])
	}
	fixtures.answer(bounds, {}, fixtures.without("/envelope")) == fixtures.deny(["envelope"])
}

test_a_request_that_is_no_object_is_denied if {
	every asked in [null, true, 1, "", "sha256:e", [], ["envelope"], {}] {
		fixtures.answer(bounds, {}, asked) == fixtures.deny(["envelope"])
	}
}

test_no_envelopes_at_all_is_denied if {
	result := data.ambit.decision with input as fixtures.request
	result == fixtures.deny(["envelope"])
}

test_hold_when_people_can_lift_every_violation if {
	ids := ["effects/act/approval", "effects/act/channel"]
	fixtures.answer(bounds, people, fixtures.request) == fixtures.hold(ids)
}

test_deny_when_one_violation_cannot_be_lifted if {
	ids := ["effects/act/approval", "effects/act/channel", "kill"]
	fixtures.answer(bounds, people, fixtures.changed("/state/killed", true)) == fixtures.deny(ids)
}

test_effect_rows_are_not_judged_where_granted_is_violated if {
	fixtures.answer(bounds, people, fixtures.changed("/tool", "other")) == fixtures.deny(["granted"])
}

test_a_kind_that_the_library_does_not_know_is_violated if {
	fixtures.common({"novel": [{"id": "novel"}]}, fixtures.request) == fixtures.deny(["novel"])
	fixtures.effect({"novel": [{"id": "effects/act/novel"}]}, fixtures.request) == fixtures.deny(["effects/act/novel"])
}

test_violations_are_sorted_by_code_point if {
	ids := ["B", "a", "é", "｡", "😀"]
	unknown := [{"id": id} | some id in ["😀", "｡", "é", "a", "B"]]
	fixtures.common({"novel": unknown}, fixtures.request) == fixtures.deny(ids)
}
