import type { Mutant } from "../mutant.ts";

const mutant = (threat: string, file: string, what: string, from: string, to: string): Mutant => ({
  file,
  what,
  from,
  to,
  by: [`test/threats/${threat}.test.ts`],
});

/** The defence against each threat, taken away: the attack succeeds. */
export const threats: readonly Mutant[] = [
  mutant(
    "t1-access",
    "compiler/normalise/effect.ts",
    "T1: no list of targets is compiled",
    "Object.entries(effect.allow ?? {})",
    "Object.entries(effect.allow ?? {}).slice(9)",
  ),
  mutant(
    "t2-overrun",
    "runtime/ledger/facts/meters.ts",
    "T2: an allow costs nothing",
    "meter.apart === undefined ? { amount } : { amount, bucket }",
    "meter.apart === undefined ? { amount: Math.min(amount, 0) } : { amount, bucket }",
  ),
  mutant(
    "t3-irreversible",
    "compiler/normalise/common.ts",
    "T3: nothing that is forbidden is compiled",
    "forbidden.map((entry, i)",
    "forbidden.slice(9).map((entry, i)",
  ),
  mutant(
    "t4-bypass",
    "runtime/session/session.ts",
    "T4: a session opens under any policy",
    "if (policy !== null && policy !== evaluator.policyDigest)",
    'if (policy === "")',
  ),
  mutant("t5-credentials", "cli/commands/keygen.ts", "T5: others can read the key", "0o600", "0o644"),
  mutant(
    "t6-direct",
    "runtime/authority/jws/compact.ts",
    "T6: a token of one's own making is good",
    "await compactVerify(jws, key.key, { algorithms: [algorithm] });",
    "await compactVerify(jws, key.key, { algorithms: [algorithm] }).catch(() => ({ payload: decodeBase64url(body)! }));",
  ),
  mutant(
    "t7-recovery",
    "runtime/session/resume/resume.ts",
    "T7: the agent may resume",
    '(typeof by.principal !== "string" || by.principal === envelope.principal)',
    '(typeof by.principal !== "string")',
  ),
  mutant(
    "t8-tampering",
    "runtime/activation/activate.ts",
    "T8: nobody looks at the signature",
    'if (trusted === "local") return { ok: true, signatures: [] };',
    'if (trusted !== undefined) return { ok: true, signatures: ["{}"] };',
  ),
];
