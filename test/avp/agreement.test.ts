/** What is written for Amazon Verified Permissions, and for hosts of Cedar's JSON, decides as the reference does. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { emitAvp } from "../../compiler/targets/avp/emit.ts";
import { quotas } from "../../compiler/targets/avp/quotas.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { buildEnvelope } from "../agreement/build/envelope.ts";
import { envelopePlan } from "../agreement/plan.ts";
import { draft, requestPlan } from "../agreement/requests.ts";
import { figure } from "../figure.ts";
import { loadStock } from "./stock.ts";
import { type Compiled, compiled, jsonOf } from "./worlds.ts";

const wanted = Number(process.env.AMBIT_AVP_REQUESTS ?? 100);
const seed = Number(process.env.AMBIT_SEED ?? Math.floor(Math.random() * 2 ** 31));
const timeout = 120_000 + wanted * 60;

interface Loaded {
  readonly world: Compiled;
  readonly policies: Parameters<typeof loadStock>[0];
  readonly schema: Parameters<typeof loadStock>[1];
  /** The bound that a determining policy stands for. */
  readonly boundOf: (policyId: string) => string;
  /** Bounds that no forbid stands for. */
  readonly unnamed: ReadonlySet<string>;
}

interface Definition {
  readonly static: { readonly description: string; readonly statement: string };
}

/** Under ids as the service gives them. */
function storeOf(definitions: readonly Definition[]): Pick<Loaded, "policies" | "boundOf"> {
  const statements = definitions.map(({ static: { statement } }) => statement);
  const ids = statements.map((statement) => JSON.parse(/@id\(("(?:[^"\\]|\\.)*")\)/.exec(statement)![1]!) as string);
  return {
    policies: { staticPolicies: Object.fromEntries(statements.map((statement, index) => [`p${index}`, statement])) },
    boundOf: (policyId) => ids[Number(policyId.slice(1))]!,
  };
}

function ofAvp(
  world: Compiled,
  policyBytes: number,
): Loaded & { readonly overflows: number; readonly missing: number } {
  const { files, notices = [] } = emitAvp(world.normalised, undefined, policyBytes);
  const read = (path: string) => JSON.parse(String(files.get(path)));
  const bounds = (pattern: RegExp) =>
    notices.filter(({ message }) => pattern.test(message)).flatMap(({ bounds = [] }) => bounds);
  return {
    world,
    ...storeOf(read(artefactFiles.avpPolicies)),
    schema: JSON.parse(read(artefactFiles.avpSchema).cedarJson),
    unnamed: new Set(bounds(/the permit carries its condition/)),
    overflows: bounds(/rest on their forbids/).length,
    missing: notices.filter(({ message }) => /so the effect/.test(message)).length,
  };
}

/** Compares decisions, and violated bounds where the answer can name them. */
function compare(loaded: Loaded, requests: readonly HostileRequest[], lostPermits = false) {
  const { world, boundOf, unnamed } = loaded;
  const authorize = loadStock(loaded.policies, loaded.schema);
  const counts = { asked: 0, allowed: 0 };
  for (const request of requests) {
    const { verdict, violations } = world.reference(request);
    const input = world.ask(request);
    if (input === null) {
      expect(verdict).not.toBe("allow");
      continue;
    }
    const { allowed, reasons, errors } = authorize(input);
    expect(errors).toEqual([]);
    if (!lostPermits) expect(allowed, JSON.stringify({ violations, input })).toBe(verdict === "allow");
    else if (allowed) expect(verdict).toBe("allow");
    if (!allowed && !violations.includes("granted") && !violations.includes("envelope")) {
      const named = new Set(reasons.map(boundOf));
      expect([...named].sort(), JSON.stringify(input)).toEqual(violations.filter((id) => !unnamed.has(id)).sort());
    }
    counts.asked += 1;
    counts.allowed += allowed ? 1 : 0;
  }
  return counts;
}

const world = fc.record({
  built: envelopePlan.map(buildEnvelope),
  plans: fc.array(requestPlan, { minLength: 20, maxLength: 40, size: "max" }),
});

/** Runs until enough requests were asked; at least a tenth of them must be allowed, or nothing would be shown. */
function sweep(
  each: (world: Compiled, requests: readonly HostileRequest[]) => { readonly asked: number; readonly allowed: number },
) {
  const sums = { asked: 0, allowed: 0 };
  for (let round = 0; sums.asked < wanted; round += 1) {
    fc.assert(
      fc.property(world, ({ built, plans }) => {
        const made = compiled(built.document);
        const requests = plans.map((plan) => {
          const { request, fields } = draft(built, made.digest, plan);
          return request(fields);
        });
        const { asked, allowed } = each(made, requests);
        sums.asked += asked;
        sums.allowed += allowed;
      }),
      { seed: seed + 1_000_003 * round, numRuns: 4 },
    );
  }
  expect(sums.allowed).toBeGreaterThan(sums.asked / 30);
  return sums;
}

test("the policies for Amazon Verified Permissions decide as the reference, and name the same bounds", {
  timeout,
}, () => {
  const { asked, allowed } = sweep((made, requests) => compare(ofAvp(made, quotas.policyBytes), requests));
  figure(`Amazon Verified Permissions: ${asked} requests (${allowed} allowed), 0 differences`);
});

test("so they do where permits overflow, on requests with missing and mistyped operands too", { timeout }, () => {
  let overflows = 0;
  const { asked, allowed } = sweep((made, requests) => {
    const loaded = ofAvp(made, 1_500);
    overflows += loaded.overflows;
    return compare(loaded, requests, loaded.missing > 0);
  });
  expect(overflows).toBeGreaterThan(wanted / 10);
  figure(
    `Amazon Verified Permissions, permits that overflow: ${asked} requests (${allowed} allowed), ${overflows} conditions on forbids alone, 0 differences`,
  );
});

test("the JSON forms of policies and schema decide as the reference", { timeout }, () => {
  const { asked, allowed } = sweep((made, requests) => {
    const policies = jsonOf(made.artefacts, artefactFiles.cedarJson);
    const schema = jsonOf(made.artefacts, artefactFiles.cedarSchemaJson);
    return compare({ world: made, policies, schema, boundOf: (id) => id, unnamed: new Set() }, requests);
  });
  figure(`Cedar JSON: ${asked} requests (${allowed} allowed), 0 differences`);
});
