/** The types of any envelope compile, and say of a call what the decoder says of it. */
import { describe, expect, test } from "vitest";
import { planDecoder } from "../../runtime/decode/decode.ts";
import { boundKindOf } from "../../schema/bounds.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import type { Built } from "../agreement/build/built.ts";
import { callOf, proposalOf, requestOf } from "../agreement/draft.ts";
import { figure } from "../figure.ts";
import { exampleEnvelopes, generated } from "../vectors/envelopes.ts";
import { typesOf } from "./rendered.ts";
import { typeErrors } from "./tsc.ts";

describe("the types of the examples", () => {
  const files = Object.fromEntries(exampleEnvelopes.map(([name, document]) => [`${name}.ts`, typesOf(document)]));

  test.each([
    ["with nothing but `strict`", { exactOptionalPropertyTypes: false }],
    ["under the strictest settings", undefined],
  ])("compile %s", (_, settings) => expect(typeErrors(files, settings)).toEqual([]));

  test("are the same each time, with LF at the end of every line", () => {
    for (const [name, document] of exampleEnvelopes) {
      expect(typesOf(document)).toBe(files[`${name}.ts`]);
      expect(files[`${name}.ts`]).toMatch(/^[\x20-\x7e\n]*\n$/);
    }
  });

  test("do not depend on the order in which members are written", () => {
    for (const [name, document] of exampleEnvelopes) {
      const reordered = JSON.parse(JSON.stringify(document), (_, value) =>
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      );
      expect(typesOf(reordered)).toBe(files[`${name}.ts`]);
    }
  });
});

const { seed, built } = generated(60);

test(`the types of ${built.length} generated envelopes`, { timeout: 60_000 + built.length * 1_000 }, () => {
  const programs = built.map(programOf);
  const files = programs.flatMap(({ text }, i) => [
    [`t${i}.ts`, typesOf(built[i]!.document)],
    [`p${i}.ts`, `import type { Fields, Proposals } from "./t${i}.ts";\n${text.join("\n")}\n`],
  ]);
  const byFile = Map.groupBy(typeErrors(Object.fromEntries(files)), ({ file }) => file);
  let calls = 0;
  for (const [i, { text, refused }] of programs.entries()) {
    expect(byFile.get(`t${i}.ts`) ?? [], `AMBIT_SEED=${seed}, envelope ${i}`).toEqual([]);
    const wrong = new Set((byFile.get(`p${i}.ts`) ?? []).map(({ line }) => line - 2));
    const differing = text.filter((_, line) => wrong.has(line) !== refused.has(line));
    expect(differing, `AMBIT_SEED=${seed}, envelope ${i}: ${typesOf(built[i]!.document)}`).toEqual([]);
    calls += text.length;
  }
  const refusals = programs.reduce((sum, { refused }) => sum + refused.size, 0);
  expect(refusals).toBeGreaterThan(built.length);
  expect(calls - refusals).toBeGreaterThan(built.length);
  figure(
    `${calls} calls and their fields under the types of ${built.length} generated envelopes, ${refusals} of them refused`,
  );
});

interface Program {
  readonly text: readonly string[];
  /** The lines that the decoder refuses. */
  readonly refused: ReadonlySet<number>;
}

/** Calls that are allowed and their fields, and the same calls with an argument less and with one more. */
function programOf({ document, effects }: Built): Program {
  const decode = planDecoder(document);
  const digest = sha256(canonicalJson(document));
  const judge = planReference(document, digest);
  const text: string[] = [];
  const refused = new Set<number>();
  const line = (type: string, value: unknown) =>
    text.push(`export const _${text.length}: ${type} = ${JSON.stringify(value)};`);

  for (const effect of effects) {
    for (const pick of [0, 1, 2]) {
      const call = callOf(effect, (index) => index + pick);
      const proposal = proposalOf(effect, call);
      const decoded = decode(JSON.stringify(proposal));
      if (!decoded.ok || decoded.call.effect !== effect.name) continue;
      const now = Date.parse(document.validity.notBefore);
      const levels = { now, edge: false, approved: true };
      const built = { document, effects };
      const answer = judge(requestOf(built, digest, effect, call, decoded.call.fields, levels));
      if (answer.violations.some(isOfTypes)) continue;
      line(`Proposals["${effect.name}"]`, proposal);
      line(`Fields["${effect.name}"]`, decoded.call.fields);
      for (const changed of changesOf(proposal)) {
        const again = decode(JSON.stringify(changed));
        if (!again.ok || again.call.effect !== effect.name) refused.add(text.length);
        line(`Proposals["${effect.name}"]`, changed);
      }
    }
  }
  return { text, refused };
}

/** Whether a bound of this kind shows in the types. */
function isOfTypes(id: string): boolean {
  const kind = boundKindOf(id)?.kind;
  return kind !== undefined && ["allow", "rows", "forbidden", "granted", "requires", "mode"].includes(kind);
}

function changesOf(proposal: Record<string, unknown>): readonly Record<string, unknown>[] {
  const args = Object.entries(proposal.args as Record<string, unknown>);
  const less = args.map(([name]) => Object.fromEntries(args.filter(([other]) => other !== name)));
  const more = { ...Object.fromEntries(args), leverage: 3 };
  return [...less, more].map((changed) => ({ ...proposal, args: changed }));
}
