# kill, halt, phase, principal.
package session_state_test

import data.fixtures

bounds := {
	"kill": [{"id": "kill"}],
	"halt": [{"id": "halt"}],
	"phase": [{"id": "phase"}],
	"principal": [{"id": "principal", "is": "agent:a"}],
}

test_an_active_session_of_the_principal_is_allowed if fixtures.common(bounds, fixtures.request) == fixtures.allow

test_kill if {
	every value in array.concat(fixtures.no_booleans, [true]) {
		fixtures.common(bounds, fixtures.changed("/state/killed", value)) == fixtures.deny(["kill"])
	}
	fixtures.common(bounds, fixtures.without("/state/killed")) == fixtures.deny(["kill"])
}

test_halt if {
	every value in array.concat(fixtures.no_booleans, [true]) {
		fixtures.common(bounds, fixtures.changed("/state/halted", value)) == fixtures.deny(["halt"])
	}
	fixtures.common(bounds, fixtures.without("/state/halted")) == fixtures.deny(["halt"])
}

test_phase if {
	every value in array.concat(fixtures.no_strings, ["", "frozen", "Active", "active "]) {
		fixtures.common(bounds, fixtures.changed("/state/phase", value)) == fixtures.deny(["phase"])
	}
	fixtures.common(bounds, fixtures.without("/state/phase")) == fixtures.deny(["phase"])
}

test_principal if {
	every value in array.concat(fixtures.no_strings, ["", "agent:b", "AGENT:A"]) {
		fixtures.common(bounds, fixtures.changed("/principal", value)) == fixtures.deny(["principal"])
	}
	fixtures.common(bounds, fixtures.without("/principal")) == fixtures.deny(["principal"])
}

test_no_state_at_all if {
	every state in [null, true, 0, "", [], {}] {
		fixtures.common(bounds, fixtures.changed("/state", state)) == fixtures.deny(["halt", "kill", "phase"])
	}
}
