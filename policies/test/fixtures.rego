# What every test of the library starts from: one envelope with the bounds under test, one request, and values of other types.
package fixtures

digest := "sha256:e"

allow := {"verdict": "allow", "violations": []}

deny(ids) := {"verdict": "deny", "violations": ids}

hold(ids) := {"verdict": "hold", "violations": ids}

request := {
	"envelope": digest,
	"principal": "agent:a",
	"effect": "act",
	"tool": "tool.act",
	"fields": {},
	"justified": false,
	"now": 1000000,
	"state": {
		"phase": "active",
		"killed": false,
		"halted": false,
		"activatedAt": 0,
		"meters": {},
		"velocity": {},
		"local": {},
		"approvals": {},
		"last": {},
		"produced": {},
		"evidence": {},
	},
}

without(path) := json.remove(request, [path])

changed(path, value) := json.patch(without(path), [{"op": "add", "path": path, "value": value}])

fields(values) := changed("/fields", values)

# The answer to a request under bounds of the table's upper part, or under those of the effect that it reaches.
common(bounds, asked) := answer(bounds, {}, asked)

effect(bounds, asked) := answer({"granted": [{"id": "granted"}]}, bounds, asked)

answer(bounds, effect_bounds, asked) := result if {
	effects := {"act": {"tools": {"tool.act": true, "tool.do": true}, "bounds": effect_bounds}}
	envelopes := {digest: {"digest": digest, "bounds": bounds, "effects": effects}}
	result := data.ambit.decision with data.ambit.envelopes as envelopes with input as asked
}

no_numbers := [null, true, false, "1", "", [], {}, [1], {"1": 1}, 0.5, -0.5, 1e400, 9007199254740992, -9007199254740992]

no_strings := [null, true, false, 0, 1, [], {}, ["act"], {"act": true}]

no_booleans := [null, 0, 1, "", "true", "false", [], {}, [false]]
