package forbidden_test

import data.fixtures

by_effect(names) := {"forbidden": [{"id": "forbidden/0", "effects": names}]}

by_tool(name) := {"forbidden": [{"id": "forbidden/0", "tool": name}]}

violated := fixtures.deny(["forbidden/0"])

test_by_effect if {
	fixtures.common(by_effect({"act": true}), fixtures.request) == violated
	fixtures.common(by_effect({"Act": true, "other": true}), fixtures.request) == fixtures.allow
	fixtures.common(by_effect({}), fixtures.request) == fixtures.allow
}

test_by_tool if {
	fixtures.common(by_tool("tool.act"), fixtures.request) == violated
	fixtures.common(by_tool("tool"), fixtures.request) == fixtures.allow
}

test_missing_or_mistyped_matches if {
	every value in fixtures.no_strings {
		fixtures.common(by_effect({"other": true}), fixtures.changed("/effect", value)) == violated
		fixtures.common(by_tool("other"), fixtures.changed("/tool", value)) == violated
	}
	fixtures.common(by_effect({"other": true}), fixtures.without("/effect")) == violated
	fixtures.common(by_tool("other"), fixtures.without("/tool")) == violated
}
