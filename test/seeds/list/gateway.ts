/** The Execution Envelope's gateway verification specification: its verification items, log events and codes. */
import { deployments, type Item, shown, type Table } from "../item.ts";
import * as by from "../tests.ts";

const approval = "test/people/approval.test.ts: ";
const isolation = "The deployment's: egress rules and separate machines are not this process's to make.";

const independence: readonly Item[] = [
  shown(
    "G1",
    "the agent cannot change the gateway's code or configuration",
    "cli/selfcheck/files.ts",
    "test/selfcheck/selfcheck.test.ts: level 2 is not reached > with artefacts that others can change",
    "The deployment's: who may write where. `ambit selfcheck` looks at owners and modes.",
  ),
  shown(
    "G2",
    "the agent cannot stop or restart the gateway",
    "runtime/session/session.ts",
    "test/crashes/crashes.test.ts: SQLite",
    "The deployment's. A gateway that is killed at any moment allows nothing afterwards that its ledger does not hold.",
  ),
  shown(
    "G3",
    "the agent cannot change the active envelope",
    "runtime/session/session.ts",
    by.threat("t4-bypass", "T4: a running session takes neither another envelope nor another policy"),
  ),
  shown("G4", "the agent cannot issue tokens to itself", "runtime/authority/token/verify.ts", [
    by.strangersKey,
    by.threat("t6-direct", "T6: who holds the guard reaches no tool with a token of his own making"),
  ]),
  deployments("G5", "the gateway's life is the platform team's to manage", "The deployment's: process supervision."),
  shown(
    "G6",
    "credentials are held by the gateway alone",
    "runtime/guard/guard.ts",
    by.threat(
      "t5-credentials",
      "T5: nothing that an agent gets to see holds a private key: verdicts, tokens, remainders, refusals, records",
    ),
    "The deployment's, as far as tools have credentials of their own: they stand behind the guard, in the executor.",
  ),
  shown(
    "G7",
    "credentials are injected at start, not readable in the agent's environment",
    "cli/keys.ts",
    "test/cli/signing.test.ts: a key out of the environment > that is not there, or is none, signs nothing and is not quoted",
    "The deployment's: a secrets manager. Keys come from files, variables, or a signer that holds them.",
  ),
  shown(
    "G8",
    "the agent cannot read, copy or send credentials",
    ["cli/commands/keygen.ts", "cli/selfcheck/files.ts"],
    [
      by.threat(
        "t5-credentials",
        "T5: a private key is made so that no other user can read it, and is printed nowhere",
      ),
      by.keyReadable,
    ],
  ),
  deployments("G9", "the agent runs in a restricted network", isolation),
  deployments("G10", "the agent's only destination is the gateway", isolation),
  deployments("G11", "direct connections are blocked at the network layer", isolation),
  deployments("G12", "the infrastructure enforces it, not the agent's code", isolation),
  shown("G13", "the active envelope is immutable", "runtime/artefacts/own-files.ts", [
    "test/runtime/other-hands.test.ts: artefacts > %s rewritten in place after the load: the limits are those that were verified, in every evaluator",
    by.threat("t4-bypass", "T4: nothing that a session hands out lets its holder change it"),
  ]),
  shown(
    "G14",
    "the gateway holds the canonical copy",
    "runtime/activation/activate.ts",
    "test/activation/activate.test.ts: an activation > records all that is needed to verify it again",
  ),
  shown(
    "G15",
    "a request to change, extend or replace the envelope is rejected and logged",
    "runtime/session/propose.ts",
    by.threat(
      "t4-bypass",
      "T4: an agent's call to change its envelope, its breakers or its gateway is denied, and on record",
    ),
  ),
];

const validation: readonly Item[] = [
  shown("G16", "conforms to the schema", "runtime/activation/document.ts", by.rejected("schema: $given")),
  shown("G17", "all required fields are present", "compiler/read/read.ts", [
    by.blankSheet,
    "test/reading/catalogue.test.ts: every diagnostic > %s is triggered by its example, alone",
  ]),
  shown(
    "G18",
    "the envelope's id was never used before",
    "runtime/activation/activate.ts",
    by.rejected("id: the second time, in whatever content, and again after that"),
  ),
  shown(
    "G19",
    "its version is supported",
    "runtime/activation/document.ts",
    by.rejected("version: written in another version of the language"),
  ),
  shown("G20", "it is signed by a trusted authority", "runtime/activation/activate.ts", [
    by.rejected("signature: none"),
    by.rejected("signature: of somebody who is not trusted, under the name of one who is"),
  ]),
  shown("G21", "it was not modified since", "runtime/authority/jws/detached.ts", [
    by.rejected("signature: a limit raised after it was signed, on disk in a folder compiled anew"),
    by.threat("t8-tampering", "T8: an envelope whose limit was raised on the way is not activated"),
  ]),
  shown("G22", "it has not expired", "runtime/activation/activate.ts", by.rejected("time: $given")),
  shown("G23", "capabilities stay within the template's", "compiler/order", by.templateRejects),
  shown("G24", "budgets stay within the template's ceilings", "compiler/order", by.templateRejects),
  shown("G25", "the template's forbidden entries are all there", "compiler/order", "test/order/narrower.test.ts: %s"),
  shown("G26", "the template's postconditions are all there", "compiler/order", "test/order/narrower.test.ts: %s"),
  shown("G27", "the template's breakers are all there", "compiler/order", "test/order/narrower.test.ts: %s"),
  shown("G28", "the approver is somebody who is known", "runtime/people/approval.ts", [
    `${approval}an approval is refused > with the name of somebody else over one's own signature`,
    `${approval}an approval is refused > with $given: $want`,
  ]),
  shown(
    "G29",
    "the approval was given in its time",
    "runtime/people/approval.ts",
    `${approval}an approval is taken > from its first second to its last`,
  ),
  shown(
    "G30",
    "the approval's proof is valid and unexpired",
    "runtime/people/approval.ts",
    `${approval}an approval is refused > with another \`%s\` than was signed`,
  ),
  shown(
    "G31",
    "without an approval, the template's conditions hold; else APPROVAL_REQUIRED",
    "runtime/activation/template",
    [
      "test/templates/activate.test.ts: a template approves beforehand > %s",
      "test/activation/activate.test.ts: two keys are missing > where nobody has approved",
    ],
  ),
];

const requests: readonly Item[] = [
  shown("G32", "check 1: forbidden effects", "schema/bounds.ts", [
    by.seedTest("check 1: what is forbidden is FORBIDDEN_EFFECT"),
    by.threat("t3-irreversible", "T3: what is forbidden stays so, though an effect grants it and a limit admits it"),
  ]),
  shown("G33", "check 2: a capability covers the action", "schema/bounds.ts", [
    by.seedTest("check 2: what no effect covers is CAPABILITY_NOT_GRANTED"),
    by.defaultDeny,
  ]),
  shown(
    "G34",
    "check 3: the request is within the scope",
    "schema/bounds.ts",
    by.seedTest("check 3: a target outside the list is SCOPE_VIOLATION"),
  ),
  shown(
    "G35",
    "check 4: rate limits",
    "runtime/ledger/facts/windows.ts",
    by.seedTest("check 4: the call after the last one of its minute is RATE_LIMIT_EXCEEDED"),
  ),
  shown(
    "G36",
    "check 5: budgets",
    "runtime/ledger/facts/meters.ts",
    by.seedTest("check 5: one cent above what is left is BUDGET_EXCEEDED"),
  ),
  shown(
    "G37",
    "check 6: the envelope's end",
    "schema/bounds.ts",
    by.seedTest("check 6: from its end on, everything is ENVELOPE_EXPIRED"),
  ),
  shown(
    "G38",
    "check 7: no breaker has halted the session",
    "runtime/session/breakers/halt.ts",
    by.seedTest("check 7: while it is halted, everything is CIRCUIT_BREAKER_ACTIVE"),
  ),
];

const breakers: readonly Item[] = [
  shown(
    "G39",
    "every trigger is evaluated after every action, on the state of the moment",
    "runtime/session/breakers/tripped.ts",
    [
      by.tripsAfterSettlement,
      "test/breakers/session.test.ts: a process that ends between what trips and the halt > opens nothing: the next process halts before it decides, and before it redeems",
    ],
  ),
  shown(
    "G40",
    "halt_and_cancel: nothing new, and what is open is cancelled",
    "runtime/session/breakers/cancel.ts",
    by.cancels,
  ),
  shown("G41", "halt only: nothing new, what is open stays", "runtime/session/breakers/halt.ts", [
    by.tripsAfterSettlement,
    "test/breakers/cancel.test.ts: another breaker's action cancels nothing",
  ]),
  deployments(
    "G42",
    "alert only: an alarm, and on it goes",
    "Not in the language: a breaker that stops nothing is no bound. Alarms are made from the ledger's metrics.",
  ),
  shown(
    "G43",
    "manual recovery: an operator lifts the halt, out of band",
    "runtime/session/resume/resume.ts",
    "test/breakers/resume.test.ts: an operator lifts a halt: streaks and metrics begin anew",
  ),
  shown(
    "G44",
    "new envelope: the halted one never goes on",
    "runtime/session/resume/resume.ts",
    "test/breakers/resume.test.ts: an operator's approval is refused > where the envelope says that it never resumes",
  ),
  shown(
    "G45",
    "the agent never recovers by itself; its attempt is rejected and logged",
    "runtime/session/resume/resume.ts",
    [
      by.agentRecovers,
      by.threat(
        "t7-recovery",
        "T7: an agent that was stopped does not go on by itself, even with an operator's approval in its hands",
      ),
    ],
  ),
];

const log: readonly Item[] = [
  shown(
    "G46",
    "append-only, outside the agent's write access",
    "runtime/ledger/store/store.ts",
    "test/ledger/store.test.ts: the %s store > lets one of many writers win each record",
    "Who may write to the file or database is the deployment's; `ambit selfcheck` looks at the file's mode.",
  ),
  shown("G47", "monotonic sequence numbers", "runtime/ledger/chain/follow.ts", by.chainBroken),
  shown("G48", "each entry signed or chained by hash", "runtime/ledger/chain/seal.ts", [
    by.everyByte,
    "test/merkle/checkpoint.test.ts: truncation shows > to whoever has the ledger and an earlier checkpoint",
  ]),
  deployments("G49", "kept as long as policy demands", "The deployment's: nothing here deletes a record."),
  ...["envelope", "time range", "kind of action", "reason of rejection"].map((what, index) =>
    shown(
      `G${50 + index}`,
      `found by ${what}`,
      "runtime/node/sqlite-schema.ts",
      by.seedTest("the log is found by envelope, time, effect and reason with stock SQL over the ledger's records"),
    ),
  ),
];

const postconditions: readonly Item[] = [
  shown(
    "G54",
    "a check names a registered verifier",
    "runtime/session/ending/verifiers.ts",
    "test/session/ending/close.test.ts: a session ends as > completed, with every verifier told what happened",
  ),
  shown(
    "G55",
    "an unknown check fails validation",
    "compiler/diagnostics",
    "test/reading/catalogue.test.ts: every diagnostic > %s is triggered by its example, alone",
  ),
  shown(
    "G56",
    "a check that passes is logged",
    "runtime/session/ending/postconditions.ts",
    "test/session/ending/close.test.ts: a session ends as > completed, with every verifier told what happened",
  ),
  shown(
    "G57",
    "a critical check that fails: the session is faulted",
    "runtime/session/ending/postconditions.ts",
    "test/session/ending/close.test.ts: a verifier fails that > %s",
  ),
  shown(
    "G58",
    "another one that fails: completed with warnings",
    "runtime/session/ending/postconditions.ts",
    "test/session/ending/close.test.ts: a verifier fails that > is a warning where the check is one, and was made",
  ),
];

const event = (name: string, record: string, test: string, where = "schema/ledger.schema.json") =>
  shown(name, `in Ambit: ${record}`, where, test);
const events: readonly Item[] = [
  event(
    "ENVELOPE_RECEIVED",
    "the first record, `activated` or `rejected`, with its time",
    by.rejected("signature: none"),
    "runtime/activation/activate.ts",
  ),
  event(
    "VALIDATION_PASS",
    "`activated`, with document, signatures, policy and approvals",
    "test/activation/activate.test.ts: an activation > records all that is needed to verify it again",
  ),
  event(
    "VALIDATION_FAIL",
    "`rejected {check, message}`",
    "test/cli/signing.test.ts: activate > rejects what is not signed, and records it",
  ),
  event("REQUEST_RECEIVED", "`decided`: the verdict, its request and its time are one record", by.verdictsRecorded),
  event("REQUEST_APPROVED", "`decided` with `allow`, the request, its state and the reservation", by.verdictsRecorded),
  event("REQUEST_REJECTED", "`decided` with `deny` or `hold` and every violation", by.denialRecorded),
  event(
    "EXTERNAL_CALL_MADE",
    "`consumed` before the effect, `settled` after it",
    "test/guard/guard.test.ts: a token is redeemed > once, for the call that was judged, with its defaults filled in",
  ),
  event("CIRCUIT_BREAKER_TRIGGERED", "`halted {breaker, action, metrics}`", by.tripsAfterSettlement),
  event(
    "POSTCONDITION_CHECKED",
    "`postcondition`",
    "test/session/ending/close.test.ts: a session ends as > completed, with every verifier told what happened",
  ),
  event("SESSION_COMPLETE", "`witness`, then `closed {as}`", by.witnessSays),
];

const code = (name: string, where: string, test: string, words = "the same code, in a verdict") =>
  shown(name, words, where, test);
const codes: readonly Item[] = [
  code(
    "VALIDATION_FAILED",
    "runtime/activation/check.ts",
    by.rejected("schema: $given"),
    "a `rejected` record that names the check",
  ),
  code(
    "APPROVAL_REQUIRED",
    "schema/bounds.ts",
    by.threat("t3-irreversible", "T3: what needs a person waits for one, whatever the agent says that he said"),
    "the same code: a hold; at activation, the check `approvals`",
  ),
  code("FORBIDDEN_EFFECT", "schema/bounds.ts", by.seedTest("check 1: what is forbidden is FORBIDDEN_EFFECT")),
  code(
    "CAPABILITY_NOT_GRANTED",
    "schema/bounds.ts",
    by.seedTest("check 2: what no effect covers is CAPABILITY_NOT_GRANTED"),
  ),
  code("SCOPE_VIOLATION", "schema/bounds.ts", by.seedTest("check 3: a target outside the list is SCOPE_VIOLATION")),
  code(
    "RATE_LIMIT_EXCEEDED",
    "schema/bounds.ts",
    by.seedTest("check 4: the call after the last one of its minute is RATE_LIMIT_EXCEEDED"),
  ),
  code("BUDGET_EXCEEDED", "schema/bounds.ts", by.seedTest("check 5: one cent above what is left is BUDGET_EXCEEDED")),
  code("ENVELOPE_EXPIRED", "schema/bounds.ts", by.seedTest("check 6: from its end on, everything is ENVELOPE_EXPIRED")),
  code(
    "CIRCUIT_BREAKER_ACTIVE",
    "schema/bounds.ts",
    by.seedTest("check 7: while it is halted, everything is CIRCUIT_BREAKER_ACTIVE"),
  ),
  code(
    "RECOVERY_FROM_AGENT_DENIED",
    "runtime/session/resume/resume.ts",
    by.agentRecovers,
    "the same code, in a recorded denial",
  ),
  code(
    "ENVELOPE_MODIFICATION_DENIED",
    "runtime/session/session.ts",
    by.threat("t4-bypass", "T4: a running session takes neither another envelope nor another policy"),
    "there is no call that modifies: ENVELOPE_MISMATCH or POLICY_CHANGED where another one is tried, CAPABILITY_NOT_GRANTED where an agent asks for it",
  ),
];

const checks: readonly Item[] = [
  shown(
    "all_orders_logged",
    "every order is in the log",
    "runtime/reconcile",
    "test/guard/guard.test.ts: attacks > a store that is down executes nothing",
    "`ambit reconcile` compares the executor's own log with the ledger.",
  ),
  shown(
    "all_risk_checks_passed",
    "no rejection was overridden",
    "runtime/audit/session-audit.ts",
    "test/audit/forged.test.ts: found at its record is > an allow beyond the budget",
  ),
  shown(
    "no_open_positions_at_session_end",
    "the position book is flat",
    "schema/registry.json",
    "test/session/ending/close.test.ts: a verifier fails that > %s",
    "Registered; the verifier that knows the book is the deployment's.",
  ),
  shown(
    "realized_loss_within_daily_limit",
    "the loss stayed within its limit",
    "runtime/session/breakers/tripped.ts",
    "test/breakers/tripped.test.ts: a threshold > of at least 500.00 and %j: %j",
  ),
  shown("audit_log_complete", "no gap in the log", "runtime/ledger/chain/follow.ts", by.chainBroken),
];

export const gateway: readonly Table[] = [
  {
    title: "Execution Envelope: verification items",
    note: "G1–G58 are every statement of the gateway verification specification that something must be so, in its order: the bullets of §1 (15), the MUST lines of §2.1–2.4 (16), the checks of §3 (7), §4.1 as one, the actions of §4.2, the two ways of §4.3 and that the agent has neither (7), the bullets of §5.2 and §5.3 (8), the two sentences of §6.1 and the rows of §6.2 (5). What §2.5, §5.1, §6.3 and §7 list, the result of a validation, log events, standard checks and codes, is in tables of its own.",
    items: [...independence, ...validation, ...requests, ...breakers, ...log, ...postconditions],
  },
  { title: "Execution Envelope: log events", items: events },
  { title: "Execution Envelope: codes", items: codes },
  { title: "Execution Envelope: standard checks", items: checks },
];
