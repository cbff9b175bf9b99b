# granted, requires, mode.
package granted_test

import data.fixtures

bounds := {"granted": [{"id": "granted"}]}

violated := fixtures.deny(["granted"])

test_each_tool_of_the_effect if {
	fixtures.common(bounds, fixtures.request) == fixtures.allow
	fixtures.common(bounds, fixtures.changed("/tool", "tool.do")) == fixtures.allow
}

test_another_tool_or_effect if {
	every value in array.concat(fixtures.no_strings, ["", "tool", "TOOL.ACT"]) {
		fixtures.common(bounds, fixtures.changed("/tool", value)) == violated
		fixtures.common(bounds, fixtures.changed("/effect", value)) == violated
	}
	fixtures.common(bounds, fixtures.without("/tool")) == violated
	fixtures.common(bounds, fixtures.without("/effect")) == violated
}

requires(holds) := {"requires": [{"id": "effects/act/requires/NET_ACCESS", "holds": holds}]}

mode(holds) := {"mode": [{"id": "mode", "holds": holds}]}

test_requires if {
	fixtures.effect(requires(true), fixtures.request) == fixtures.allow
	fixtures.effect(requires(false), fixtures.request) == fixtures.deny(["effects/act/requires/NET_ACCESS"])
}

test_mode if {
	fixtures.effect(mode(true), fixtures.request) == fixtures.allow
	fixtures.effect(mode(false), fixtures.request) == fixtures.deny(["mode"])
}
