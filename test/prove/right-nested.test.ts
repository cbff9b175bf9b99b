/** Chains nested to the right say what the emitted policy says, errors included. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { rightNested } from "../../cli/prove/right-nested.ts";
import { stock } from "../engines/cedar-host.ts";

const operators = fc.constantFrom("&&", "||");
/** True, false, or erroneous: an attribute that is not there. */
const atoms = fc.constantFrom("context.a", "context.b", "context.c", "!context.a", "context.missing");

const { expression } = fc.letrec<{ expression: string; chain: string; atom: string }>((tie) => ({
  atom: atoms,
  chain: fc
    .tuple(operators, fc.array(tie("expression"), { minLength: 2, maxLength: 10 }))
    .map(([operator, operands]) => operands.map((operand) => `(${operand})`).join(` ${operator} `)),
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie("atom"),
    tie("chain"),
    tie("chain").map((chain) => `!(${chain})`),
  ),
}));

function answerTo(policy: string, context: Record<string, boolean>) {
  const uid = (type: string) => ({ type, id: "x" });
  const answer = stock.isAuthorized({
    ...{ principal: uid("P"), action: uid("Action"), resource: uid("R"), context, entities: [] },
    policies: { staticPolicies: { policy } },
  });
  if (answer.type === "failure") throw new Error(JSON.stringify(answer.errors));
  return { decision: answer.response.decision, errs: answer.response.diagnostics.errors.length > 0 };
}

test("a long chain is nested to the right, and answers as before: allow, deny or error", () => {
  const seen = { changed: 0, allow: 0, deny: 0, errs: 0 };
  const contexts = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({ a: n % 2 > 0, b: n % 4 > 1, c: n > 3 }));
  const property = fc.property(expression, (condition) => {
    const policy = `permit (principal, action, resource) when { ${condition} };`;
    const nested = rightNested(policy);
    if (nested !== policy) seen.changed += 1;
    for (const context of contexts) {
      const [before, after] = [answerTo(policy, context), answerTo(nested, context)];
      expect(after, `${policy}\n${nested}`).toEqual(before);
      seen[before.errs ? "errs" : before.decision] += 1;
    }
  });
  fc.assert(property, { numRuns: 150 });
  for (const [name, count] of Object.entries(seen)) expect(count, name).toBeGreaterThan(30);
});

test("short chains stay as they are written, long ones are right-nested", () => {
  const head = "permit (principal, action, resource) when ";
  const short = `${head}{ true && (false || true) && true };`;
  expect(rightNested(short)).toBe(short);
  const long = `${head}{ ${Array.from({ length: 9 }, (_, n) => `context.a${n}`).join(" && ")} };`;
  expect(rightNested(long)).toMatch(
    /\(context\.a0\) && \(\(context\.a1\) && \(.*\(context\.a7\) && \(context\.a8\){8} };\n$/,
  );
});
