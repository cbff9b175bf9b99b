/** A request as the solver prints it is read back as a request that encodes to the same. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCedarRequest } from "../../cli/prove/cedar-request.ts";
import { requestOf } from "../../cli/prove/request-of.ts";
import { planCedarEncoding } from "../../schema/cedar/encode.ts";
import { buildEnvelope } from "../agreement/build/envelope.ts";
import { envelopePlan } from "../agreement/plan.ts";
import { draft, requestPlan } from "../agreement/requests.ts";
import { emit } from "./generated.ts";

/** As `cedar symcc` prints values: names bare where they can be, everything else escaped. */
function printed(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printed).join(", ")}]`;
  if (typeof value !== "object" || value === null) return typeof value === "string" ? quoted(value) : String(value);
  const members = Object.entries(value).map(
    ([name, each]) => `${/^[a-z]+$/.test(name) ? name : quoted(name)}: ${printed(each)}`,
  );
  return `{${members.join(", ")}}`;
}

const quoted = (text: string) => `"${text.replace(/["\\\p{C}]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`)}"`;

test("a generated request survives encoding, printing and reading", () => {
  let compared = 0;
  const property = fc.property(envelopePlan, fc.array(requestPlan, { minLength: 10, maxLength: 20 }), (plan, plans) => {
    const built = buildEnvelope(plan);
    const { digest, contexts } = emit(built.document);
    const encode = planCedarEncoding(contexts);
    for (const plan of plans) {
      const { request, fields } = draft(built, digest, plan);
      const { principal, action, resource, context } = encode(request(fields));
      if (!contexts.has(action) || action === "") continue;
      const text = [
        `principal: Ambit::Agent::${quoted(principal)}, action: Ambit::Action::${quoted(action)}, resource: Ambit::Envelope::${quoted(resource)}`,
        `context: ${printed(JSON.parse(context))}`,
        'entities: [\n  Ambit::Action::"",\n]',
      ].join("\n");
      const read = readCedarRequest(text);
      expect(read, text).toBeDefined();
      if (read === undefined) continue;
      expect(JSON.parse(encode(requestOf(read)).context), text).toEqual(JSON.parse(context));
      expect(encode(requestOf(read))).toMatchObject({ principal, action, resource });
      compared += 1;
    }
  });
  fc.assert(property, { numRuns: 15 });
  expect(compared).toBeGreaterThan(80);
});

describe("what is no such request is not read", () => {
  const head = 'principal: Ambit::Agent::"a", action: Ambit::Action::"x", resource: Ambit::Envelope::"e"';
  test.each([
    ["nothing", ""],
    ["no context", `${head}\n`],
    ["a context that is no record", `${head}\ncontext: [1]\n`],
    ["more than a context", `${head}\ncontext: {} || {}\n`],
    ["an expression that computes", `${head}\ncontext: {a: 1 + 1}\n`],
    ["text that is not closed", `${head}\ncontext: {a: "\n`],
  ])("%s", (_, text) => {
    const read = readCedarRequest(text);
    expect(read === undefined || Object.values(read.context).every((value) => value === undefined)).toBe(true);
  });
});
