/** The Autonomy Envelope: modes, gate, two keys, budgets, incidents. */
import { deployments, shown, type Table } from "../item.ts";
import * as by from "../tests.ts";

const twoKeys = (name: string) => `test/activation/activate.test.ts: two keys are ${name}`;
const freezes =
  "test/session/ending/incident.test.ts: a freezing incident > has the snapshot of what stood before it, and its witness follows";

export const autonomy: readonly Table[] = [
  {
    title: "Autonomy Envelope",
    items: [
      shown(
        "BASE",
        "deny by default, nothing external",
        "schema/bounds.ts",
        [
          by.defaultDeny,
          "test/examples/examples.test.ts: $name > every verdict of Cedar, Rego and the reference is the one wanted",
        ],
        "What the agent remembers is its host's; an append-only log is an effect like another.",
      ),
      shown("BASE fails closed", "on missing evidence, identity, budget", "schema/bounds.ts", [
        "test/runtime/total.test.ts: whatever one member of the state is, there is a verdict",
        "test/laws/default-deny.test.ts: a request that says nothing is denied",
      ]),
      shown("WINDOW", "a start, an end, budgets; closes by itself", "runtime/activation/window.ts", [
        by.windowCloses,
        by.blankSheet,
      ]),
      shown(
        "no escalation in a window",
        "capabilities are declared before, per window",
        "runtime/activation/transitions.ts",
        [
          "test/activation/window.test.ts: in the %s store > a second window is refused until the first is closed, and then a third",
          by.threat(
            "t4-bypass",
            "T4: an agent's call to change its envelope, its breakers or its gateway is denied, and on record",
          ),
        ],
      ),
      shown(
        "proposals",
        "acting externally becomes a proposal",
        "schema/bounds.ts",
        "test/session/pending.test.ts: a call that is only proposed asks for two people in two roles",
      ),
      shown("WITNESS", "attempted, changed, deferred; hashed and dated", "runtime/ledger/witness", by.witnessSays),
      shown(
        "ambiguous outcomes",
        "quarantine",
        "runtime/session/ending/close.ts",
        "test/session/ending/close.test.ts: a session ends as > quarantined, where nobody has said in time how an effect ended",
      ),
      shown(
        "capability gate",
        "explicit flags, granted per window",
        "schema/registry.json",
        "test/reading/catalogue.test.ts: every diagnostic > %s is triggered by its example, alone",
      ),
      shown(
        "two keys: new agents",
        "creating an agent",
        "runtime/activation/transitions.ts",
        twoKeys("asked for > for $for: $want"),
      ),
      shown(
        "two keys: capabilities",
        "granting flags",
        "runtime/activation/transitions.ts",
        twoKeys("missing > for the flags, where they are there for the activation"),
      ),
      shown("two keys: external channels", "enabling one", "runtime/people/two-keys.ts", [
        twoKeys("missing > where one person has in two roles"),
        twoKeys("missing > where two people of one role have"),
      ]),
      shown(
        "two keys: oracles",
        "opening a remote oracle window",
        "runtime/activation/transitions.ts",
        "test/session/oracle.test.ts: to open one takes two keys",
      ),
      shown("routine work", "asks for nobody", "runtime/activation/transitions.ts", [
        by.routine,
        twoKeys("asked for > not for routine work"),
      ]),
      shown("budgets", "time, compute, rate, spend: hard", "runtime/ledger/facts/meters.ts", [
        by.seedTest("check 5: one cent above what is left is BUDGET_EXCEEDED"),
        by.seedTest("check 4: the call after the last one of its minute is RATE_LIMIT_EXCEEDED"),
      ]),
      shown(
        "fail-closed triggers",
        "an exceeded budget, no audit trail, no perimeter evidence",
        "runtime/session/propose.ts",
        [
          by.storeDown,
          "test/breakers/session.test.ts: a metric that an executor reports > that nobody understands trips",
        ],
      ),
      shown(
        "oracle scarcity",
        "justified, time-boxed, logged: who, why, result",
        "runtime/session/holds/kept-words.ts",
        [
          "test/session/oracle.test.ts: a use without a reason is denied, and one with a reason is logged with it",
          by.windowCloses,
          "test/session/oracle.test.ts: each use is a record, and those beyond its number are denied",
        ],
      ),
      shown("incident: outside the set", "an action outside the declared capabilities", "runtime/session/incidents", [
        "test/reconcile/reconcile.test.ts: found > an effect, a tool or a token that the session never granted",
        "test/guard/guard.test.ts: settlement > a receipt of a token that nobody gave refunds nothing, and freezes",
      ]),
      shown("incident: escalation", "without two keys", "runtime/session/incidents/escalations.ts", [
        "test/incidents/incidents.test.ts: ESCALATION_WITHOUT_TWO_KEYS > an activation by %s is found when it is opened, once",
        "test/incidents/incidents.test.ts: ESCALATION_WITHOUT_TWO_KEYS > a resumption by one key is found by a session that runs, before it allows anything",
      ]),
      shown(
        "incident: no witness",
        "an external effect without a record",
        "runtime/reconcile",
        "test/reconcile/reconcile.test.ts: found > an effect without a redemption: never redeemed, released, denied, never proposed, done again",
      ),
      shown("incident: broken log", "missing, tampered, unverifiable", "runtime/session/incidents/watched-log.ts", [
        by.chainBroken,
        by.everyByte,
      ]),
      shown(
        "default response",
        "freeze, snapshot, incident witness, wait for a person",
        "runtime/ledger/fold/ending.ts",
        [
          freezes,
          "test/breakers/resume.test.ts: a freeze > is lifted by two people in two roles, one of them an operator, with a reason",
          "test/breakers/resume.test.ts: a freeze > is not lifted without a reason",
        ],
      ),
      deployments("bridges", "why bounded windows and hashes", "Reasons, not requirements."),
    ],
  },
];
