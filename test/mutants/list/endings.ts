import { type Mutant, mutant } from "../mutant.ts";

const closing = ["test/session/ending/close.test.ts"];
const incident = ["test/session/ending/incident.test.ts"];
const times = ["test/session/ending/times.test.ts"];
const command = ["test/session/ending/command.test.ts"];
const audited = ["test/audit/endings.test.ts"];
const windows = ["test/activation/window.test.ts"];

const outcome = "runtime/ledger/ending.ts";
const fold = "runtime/ledger/fold/ending.ts";
const verifiers = "runtime/session/ending/verifiers.ts";
const audit = "runtime/audit/endings.ts";

/** How sessions end, and what is left as evidence. */
export const endings: readonly Mutant[] = [
  mutant(outcome, "what nobody knows ends as completed", 'if (isSuspect) return "quarantined";', "", closing),
  mutant(outcome, "a kill is forgotten at the close", 'if (state.killed) return "killed";', "", closing),
  mutant(
    outcome,
    "a failed critical check is a warning",
    'return "faulted";',
    'return "completed_with_warnings";',
    closing,
  ),
  mutant(outcome, "a halt that nobody lifted is forgotten", "|| state.halted", "", closing),
  mutant(
    fold,
    "a frozen session ends as if nothing were",
    'if (state.phase === "frozen") ending.isSuspect = true;',
    "",
    closing,
  ),
  mutant(
    verifiers,
    "a check without a verifier holds",
    "holds: false, message: shortened(message) };",
    "holds: true, message: shortened(message) };",
    closing,
  ),
  mutant(
    "runtime/session/ending/postconditions.ts",
    "a check that could not be made is as light as any",
    "critical: critical || !isMade",
    "critical",
    closing,
  ),
  mutant(
    "runtime/session/ending/close.ts",
    "a bad order stops the session",
    "if (refused !== undefined) return",
    "if (refused !== undefined && order === undefined) return",
    closing,
  ),
  mutant(
    "runtime/ledger/witness/snapshot.ts",
    "a freeze has no snapshot",
    "!entry.body.freezes ||",
    "entry.body.freezes ||",
    incident,
  ),
  mutant(
    "runtime/session/ending/due.ts",
    "a session ends a millisecond late",
    "return time.now < at ?",
    "return time.now <= at ?",
    times,
  ),
  mutant(
    "runtime/node/command-verifier.ts",
    "a verifier has the environment of the host",
    "env: {},",
    "env: process.env,",
    command,
  ),
  mutant(
    "runtime/node/command-verifier.ts",
    "what a verifier has started outlives it",
    "process.kill(-pid,",
    "process.kill(pid,",
    command,
  ),
  mutant(
    "runtime/activation/window.ts",
    "a second window opens",
    'if (last?.type === "closed") return next;',
    "if (last !== undefined) return next;",
    windows,
  ),
  mutant(
    "runtime/activation/window.ts",
    "of many windows at once, all open",
    "claims: [claimOf(principal, opened + 1)]",
    "claims: []",
    windows,
  ),
  mutant(audit, "an audit believes snapshots", "=== body.snapshot.state) return;", "!== undefined) return;", audited),
  mutant(
    audit,
    "an audit believes witnesses",
    "if (difference === undefined) return;",
    "if (difference !== null) return;",
    audited,
  ),
  mutant(audit, "an audit takes any end for checked", "if (!ending.checks.has(id))", 'if (id === "")', audited),
  mutant(
    audit,
    "an audit takes checks as light as they are told",
    "(body.critical || !written.critical)",
    "(written.critical || !written.critical)",
    audited,
  ),
];
