/**
 * Policies that are broken on purpose are refuted, each by the claim that is about the break; and the reference says of the
 * counterexample what the envelope says, not what the policies say. Skipped where there are no tools.
 */
import { describe, expect, test } from "vitest";
import type { ClaimKind } from "../../cli/prove/claim.ts";
import { openExample } from "../../examples/example.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import { proverOf } from "./provers.ts";
import { hasTools } from "./tools.ts";

type Edit = (policies: string) => string;

const effect = "place_order";
const qty = `effects/${effect}/per_call/qty`;
const velocity = `effects/${effect}/velocity/0`;
const spent = `effects/${effect}/session/qty`;

/** The text with one policy changed. */
const inPolicy =
  (id: string, edit: Edit): Edit =>
  (policies) =>
    policies
      .split("\n\n")
      .map((policy) => (policy.includes(`@id("${id}")`) ? changed(policy, edit) : policy))
      .filter((policy) => policy !== "")
      .join("\n\n");

/** The permit with the clause of one bound changed. */
const inClause = (bound: string, edit: Edit): Edit =>
  inPolicy(`permit/${effect}`, (permit) =>
    permit
      .split(/\n(?=\/\/ )/)
      .map((clause) => (clause.startsWith(`// ${bound}\n`) ? changed(clause, edit) : clause))
      .join("\n")
      .replace(/;?$/, ";"),
  );

const everywhere =
  (bound: string, edit: Edit): Edit =>
  (policies) =>
    inPolicy(bound, edit)(inClause(bound, edit)(policies));

function changed(text: string, edit: Edit): string {
  const other = edit(text);
  expect(other).not.toBe(text);
  return other;
}

const replace =
  (from: RegExp | string, to: string): Edit =>
  (text) =>
    text.replace(from, to);
const withoutClause = replace(/\nwhen[\s\S]*$/, "\nwhen { true }");
const without: Edit = () => "";

/** Whether the bound is violated by the counterexample, as the reference has it. */
type Said = "violated" | "kept";

const rows: readonly (readonly [string, Edit, ClaimKind, about: string, bound: string, Said])[] = [
  [
    "a bound is in no policy",
    (text) => inPolicy(qty, without)(inClause(qty, withoutClause)(text)),
    "bound",
    qty,
    qty,
    "violated",
  ],
  ["a bound is missing in the permit", inClause(qty, withoutClause), "equivalent", `permit/${effect}`, qty, "violated"],
  ["a bound has no forbid", inPolicy(qty, without), "equivalent", `permit/${effect}`, qty, "violated"],
  ["a cap is one higher", everywhere(qty, replace("<= 2", "<= 3")), "bound", qty, qty, "violated"],
  ["a cap is not to be reached", everywhere(qty, replace("<= 2", "< 2")), "bound", qty, qty, "kept"],
  [
    "a least amount is gone",
    everywhere(qty, replace("(1 <= context.fields.qty) &&", "")),
    "bound",
    qty,
    qty,
    "violated",
  ],
  ["a rate is reached", everywhere(velocity, replace("< 5", "<= 5")), "bound", velocity, velocity, "violated"],
  ["a rate is one lower", everywhere(velocity, replace("< 5", "< 4")), "bound", velocity, velocity, "kept"],
  [
    "a budget forgets what is used",
    everywhere(spent, replace(/\(40 -\s*context.state.meters\["[^"]*"\]\)/, "40")),
    "bound",
    spent,
    spent,
    "violated",
  ],
  [
    "the end is included",
    everywhere("validity/expires_at", replace(/ < (\d)/, " <= $1")),
    "bound",
    "validity/expires_at",
    "validity/expires_at",
    "violated",
  ],
  [
    "a session may be killed",
    everywhere("kill", replace("== false", "!= false")),
    "always_denied",
    "killed",
    "kill",
    "violated",
  ],
  ["a session may be halted", inClause("halt", withoutClause), "always_denied", "halted", "halt", "violated"],
  ["any phase will do", inClause("phase", withoutClause), "always_denied", "inactive", "phase", "violated"],
  [
    "it lasts too long",
    inClause("validity/duration", withoutClause),
    "always_denied",
    "expired",
    "validity/duration",
    "violated",
  ],
  [
    "anybody may call",
    inClause("principal", withoutClause),
    "always_denied",
    "wrong principal",
    "principal",
    "violated",
  ],
];

describe.skipIf(!hasTools)(
  "refuted, where",
  async () => {
    const { artefacts } = await openExample("trading");
    const policies = new TextDecoder().decode(artefacts.get(artefactFiles.cedar));

    const settledOf = async (edit: Edit, kind: ClaimKind, about: string) => {
      const text = new TextEncoder().encode(changed(policies, edit));
      const prover = proverOf(artefacts, new Map([...artefacts, [artefactFiles.cedar, text]]));
      try {
        return await prover.settle((claim) => claim.action === effect && claim.kind === kind && claim.about === about);
      } finally {
        prover.drop();
      }
    };

    test.each(rows)("%s", async (_, edit, kind, about, bound, said) => {
      const [settled, ...others] = await settledOf(edit, kind, about);
      expect(others).toEqual([]);
      expect(settled?.outcome.kind, JSON.stringify(settled)).toBe("refuted");
      if (settled?.outcome.kind !== "refuted") return;
      const { request, reference } = settled.outcome.counterexample ?? {};
      expect(request).toMatchObject({ effect });
      expect(reference?.violations.includes(bound), JSON.stringify({ request, reference })).toBe(said === "violated");
      if (said === "violated") expect(reference?.verdict).toBe("deny");
    });

    test("a sum overflows: the policy errs", async () => {
      const naive = replace(
        /\(context.fields.qty <= \(40 -\s*(context.state.meters\["[^"]*"\])\)\)/,
        "(context.fields.qty + $1 <= 40)",
      );
      const open = replace(/\(context.state.meters\["[^"]*"\] <= 40\) &&/, "");
      const [settled] = await settledOf(
        inPolicy(spent, (text) => open(naive(text))),
        "never_errs",
        spent,
      );
      expect(settled?.outcome.kind).toBe("refuted");
    });

    test("an effect that can never be allowed is vacuous", async () => {
      const [settled] = await settledOf(inClause(qty, replace("<= 2", "<= 0")), "not_vacuous", "the solver's example");
      expect(settled?.outcome).toEqual({ kind: "refuted", reason: "no request at all is allowed" });
    });

    test("the solver's example of a policy that grants too much is denied", async () => {
      const wide = (text: string) => inClause(qty, replace("<= 2", "<= 9 && context.fields.qty == 9"))(text);
      const [settled] = await settledOf(wide, "not_vacuous", "the solver's example");
      expect(settled?.outcome).toMatchObject({ kind: "refuted", counterexample: { reference: { verdict: "deny" } } });
    });

    test("nothing of what stands unbroken", async () => {
      const prover = proverOf(artefacts);
      const settled = await prover.settle(({ action, kind }) => action === effect && kind !== "never_errs");
      prover.drop();
      expect(settled.filter(({ outcome }) => outcome.kind !== "proven")).toEqual([]);
      expect(settled.length).toBeGreaterThan(30);
    });
  },
  120_000,
);
