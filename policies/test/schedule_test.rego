package schedule_test

import data.fixtures

written := {
	"id": "effects/act/schedule",
	"timezone": "Europe/Paris",
	"windows": {"mon": [[60, 120], [180, 1440]], "tue": [[0, 1]]},
}

always := {"schedule": [written]}

but_christmas := {"schedule": [object.union(written, {"except": {"2024-12-25": true}})]}

violated := fixtures.deny(["effects/act/schedule"])

judged(bounds, local) := fixtures.effect(bounds, fixtures.changed("/state/local", {"Europe/Paris": local}))

at(day, minute) := judged(always, {"day": day, "minute": minute})

on(date) := judged(but_christmas, {"day": "mon", "minute": 60, "date": date})

test_windows_are_half_open if {
	every minute in [60, 119, 180, 1439] { at("mon", minute) == fixtures.allow }
	every minute in [-1, 0, 59, 120, 179, 1440] { at("mon", minute) == violated }
	at("tue", 0) == fixtures.allow
	at("tue", 60) == violated
	at("wed", 60) == violated
}

test_excepted_dates if {
	on("2024-12-24") == fixtures.allow
	on("2024-12-25") == violated
	every date in fixtures.no_strings { on(date) == violated }
	judged(but_christmas, {"day": "mon", "minute": 60}) == violated
}

test_missing_or_mistyped if {
	every minute in array.concat(fixtures.no_numbers, [60.5]) { at("mon", minute) == violated }
	every day in array.concat(fixtures.no_strings, ["", "Mon", "monday"]) { at(day, 60) == violated }
	every local in [null, 60, "mon", [], {}, {"day": "mon"}, {"minute": 60}] { judged(always, local) == violated }
	fixtures.effect(always, fixtures.request) == violated
	fixtures.effect(always, fixtures.changed("/state/local", {"Europe/Rome": {"day": "mon", "minute": 60}})) == violated
}
