/** The Permission Envelope: five bounds, the fill-in sheet, the checklist. */
import { shown, type Table } from "../item.ts";
import * as by from "../tests.ts";

const line = (words: string, member: string, test: string = by.blankSheet) =>
  shown(words, member, "compiler/read/read.ts", test);

export const permission: readonly Table[] = [
  {
    title: "Permission Envelope: five bounds",
    items: [
      shown(
        "per-call cap",
        "`perCall`",
        "schema/bounds.ts",
        "test/laws/over-cap.test.ts: what people cannot lift is denied, never held: over-cap above all",
      ),
      shown(
        "session budget",
        "`session`, `budgets`",
        "runtime/ledger/facts/meters.ts",
        by.threat("t2-overrun", "T2: a thousand small payments come to no more than the budget"),
      ),
      shown(
        "allowlist",
        "`allow`, `rows`, `tools`",
        "schema/bounds.ts",
        by.threat("t1-access", "T1: an agent reaches no tool, account or argument that its task does not list"),
      ),
      shown(
        "velocity limit",
        "`velocity`",
        "runtime/ledger/facts/windows.ts",
        by.seedTest("check 4: the call after the last one of its minute is RATE_LIMIT_EXCEEDED"),
      ),
      shown("kill switch", "`killSwitch`", "runtime/session/kill/kill.ts", [
        "test/kill/signals.test.ts: a signal > keeps a token that was given before from being redeemed",
        "test/session/propose.test.ts: deciding on the ledger > a kill does not wait for a clock",
      ]),
    ],
  },
  {
    title: "Permission Envelope: the fill-in sheet",
    items: [
      line("effect", "`effects`"),
      line("reached via tools", "`tools`"),
      line("per-call cap", "`perCall`"),
      line("session budget", "`session`"),
      line("allowlist", "`allow`, `rows`"),
      line(
        "velocity limit",
        "`velocity`",
        "test/reading/blank-sheet.test.ts: a velocity of the defaults fills the line",
      ),
      line(
        "decoded fields judged",
        "`fields`",
        "test/reading/blank-sheet.test.ts: a field that nothing judges is a blank line",
      ),
      shown("fail-closed on error or ambiguity", "always: there is no other setting", "runtime/decide.ts", [
        by.engineFault,
        "test/runtime/total.test.ts: whatever the proposal is, there is a verdict",
      ]),
      shown(
        "bypass paths: none",
        "a tool runs behind its guard only",
        "runtime/guard/guard.ts",
        [by.noToken, by.selfcheckWell],
        "That the agent has no other way to the tool is the deployment's.",
      ),
      shown("logged, approve and deny", "always: no record, no allow", "runtime/session/propose.ts", [
        by.verdictsRecorded,
        by.storeDown,
      ]),
      line(
        "kill switch: signal",
        "`killSwitch.signal`",
        "test/reading/blank-sheet.test.ts: an empty kill switch names the signal that is missing",
      ),
    ],
  },
  {
    title: "Permission Envelope: checklist and invariants",
    items: [
      shown("deterministic", "same request and state, same verdict", "runtime/decide.ts", [
        "test/laws/same-bytes.test.ts: the same proposal decodes and is judged to the same bytes",
        "test/audit/command.test.ts: replay > by %s gives every verdict again",
      ]),
      shown("judges structure", "never the justification", "runtime/decode/decode.ts", by.narrative),
      shown("fails closed", "default deny; errors deny", "runtime/agree.ts", [
        by.defaultDeny,
        "test/runtime/faults.test.ts: engines that disagree > %s: deny, disagreement, one report with both answers",
      ]),
      shown(
        "outside the model",
        "a separate process",
        "runtime/session/session.ts",
        by.threat("t4-bypass", "T4: nothing that a session hands out lets its holder change it"),
        "That it is another process than the agent's is the deployment's.",
      ),
      shown(
        "every effect routes through it",
        "zero bypass paths",
        "runtime/guard/guard.ts",
        [
          by.noToken,
          by.threat(
            "t6-direct",
            "T6: and none without a token, by the guard's own members or by a verdict written by himself",
          ),
        ],
        "Closed egress is the deployment's.",
      ),
      shown("denials are tested", "as first-class behaviour", "test/mutants/main.ts", [
        "test/mutants/list.test.ts: %s",
        by.denialRecorded,
      ]),
      shown(
        "people judge meaning",
        "computable overruns are never offered to a person",
        "schema/bounds.ts",
        "test/laws/over-cap.test.ts: what people cannot lift is denied, never held: over-cap above all",
      ),
    ],
  },
];
