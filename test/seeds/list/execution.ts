/** The Execution Envelope's threats, principles and security properties. */
import { deployments, shown, type Table } from "../item.ts";
import * as by from "../tests.ts";

const outOfScope = "Out of scope there and here.";

export const execution: readonly Table[] = [
  {
    title: "Execution Envelope: threats",
    note: "Each attack succeeds when its defence is taken away: `test/mutants/list/threats.ts`.",
    items: [
      shown(
        "T1",
        "unauthorised access to resources",
        ["compiler/normalise/effect.ts", "schema/bounds.ts"],
        by.threat("t1-access", "T1: an agent reaches no tool, account or argument that its task does not list"),
      ),
      shown(
        "T2",
        "budget overrun",
        ["runtime/ledger/facts/meters.ts", "runtime/session/breakers/tripped.ts"],
        [
          by.threat("t2-overrun", "T2: a thousand small payments come to no more than the budget"),
          by.threat("t2-overrun", "T2: many at once come to no more either"),
          by.threat("t2-overrun", "T2: a loop of refused calls is stopped by a breaker"),
        ],
      ),
      shown(
        "T3",
        "irreversible harm",
        ["compiler/normalise/common.ts", "runtime/people/approval.ts"],
        [
          by.threat(
            "t3-irreversible",
            "T3: what is forbidden stays so, though an effect grants it and a limit admits it",
          ),
          by.threat("t3-irreversible", "T3: what needs a person waits for one, whatever the agent says that he said"),
        ],
      ),
      shown("T4", "governance bypass", "runtime/session/session.ts", [
        by.threat("t4-bypass", "T4: a running session takes neither another envelope nor another policy"),
        by.threat(
          "t4-bypass",
          "T4: an agent's call to change its envelope, its breakers or its gateway is denied, and on record",
        ),
        by.threat("t4-bypass", "T4: nothing that a session hands out lets its holder change it"),
      ]),
      shown(
        "T5",
        "credential theft",
        ["cli/commands/keygen.ts", "cli/selfcheck/files.ts"],
        [
          by.threat(
            "t5-credentials",
            "T5: a private key is made so that no other user can read it, and is printed nowhere",
          ),
          by.threat(
            "t5-credentials",
            "T5: nothing that an agent gets to see holds a private key: verdicts, tokens, remainders, refusals, records",
          ),
        ],
        "Keeping the tools' own credentials from the agent is the deployment's.",
      ),
      shown(
        "T6",
        "direct external access",
        ["runtime/guard/guard.ts", "runtime/authority/jws/compact.ts"],
        [
          by.threat("t6-direct", "T6: who holds the guard reaches no tool with a token of his own making"),
          by.threat(
            "t6-direct",
            "T6: and none without a token, by the guard's own members or by a verdict written by himself",
          ),
        ],
        "That there is no way around the guard is the deployment's: closed egress.",
      ),
      shown(
        "T7",
        "unauthorised recovery",
        "runtime/session/resume/resume.ts",
        by.threat(
          "t7-recovery",
          "T7: an agent that was stopped does not go on by itself, even with an operator's approval in its hands",
        ),
      ),
      shown(
        "T8",
        "envelope tampering",
        "runtime/activation/activate.ts",
        by.threat("t8-tampering", "T8: an envelope whose limit was raised on the way is not activated"),
      ),
      deployments(
        "not addressed",
        "semantic errors, wrong strategies, losses within limits, bad data, collusion, a compromised issuer, side channels",
        outOfScope,
      ),
    ],
  },
  {
    title: "Execution Envelope: principles and properties",
    items: [
      shown("P1", "the envelope precedes the code", "runtime/session/session.ts", [
        by.defaultDeny,
        "test/session/propose.test.ts: deciding on the ledger > a session that nobody signed gets no authority",
      ]),
      shown(
        "P2",
        "enforcement is not optional",
        "runtime/guard/guard.ts",
        [by.noToken, by.selfcheckWell],
        "As a fact of the network it is the deployment's.",
      ),
      shown(
        "P3",
        "the control plane is independent",
        "runtime/session/session.ts",
        by.threat("t4-bypass", "T4: a running session takes neither another envelope nor another policy"),
        "Separate processes are the deployment's.",
      ),
      shown("P4", "envelopes are ephemeral", "schema/bounds.ts", [
        by.windowCloses,
        by.seedTest("check 6: from its end on, everything is ENVELOPE_EXPIRED"),
      ]),
      shown("P5", "the agent fills in parameters, and writes no rules", "compiler/order", by.templateRejects),
      deployments("P6", "compliance is not correctness", "Said in README.md, What is not."),
      shown("P7", "the breaker is the last resort", "runtime/session/breakers/halt.ts", [
        by.tripsAfterSettlement,
        by.agentRecovers,
      ]),
      shown("P8", "every action is auditable", "runtime/audit/session-audit.ts", [by.verdictsRecorded, by.everyByte]),
      shown(
        "revocability",
        "execution can be halted at any time",
        "runtime/session/kill/kill.ts",
        "test/session/propose.test.ts: deciding on the ledger > a kill in another process is seen by the very next decision",
      ),
    ],
  },
];
