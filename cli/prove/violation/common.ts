/** When the rows that are judged for every request are violated. */
import type { Effect, Envelope, Forbidden } from "../../../schema/envelope.ts";
import { instant } from "../../../schema/reference/times.ts";
import { missingOr, now, state, tool } from "./leaf.ts";
import { notWithin } from "./moment.ts";
import { cedar, type Statement } from "./statement.ts";
import type { Violation } from "./violation.ts";

/** In the table's order. */
export function commonViolations(envelope: Envelope, effectName: string, effect: Effect): readonly Violation[] {
  const { validity, evidence = {}, forbidden } = envelope;
  const maxDuration = validity.maxDurationSeconds * 1000;
  return [
    { id: "kill", statement: notExactly("killed", false) },
    { id: "halt", statement: notExactly("halted", false) },
    { id: "phase", statement: notExactly("phase", "active") },
    { id: "validity/not_before", statement: missingOr([now], cedar`${now} < ${instant(validity.notBefore)}`) },
    { id: "validity/expires_at", statement: missingOr([now], cedar`${now} >= ${instant(validity.expiresAt)}`) },
    { id: "validity/duration", statement: notWithin(state("activatedAt"), (age) => cedar`${age} >= ${maxDuration}`) },
    { id: "principal", statement: cedar`principal != Ambit::Agent::${envelope.principal}` },
    ...Object.entries(evidence)
      .filter(([, { effects }]) => effects === undefined || effects.includes(effectName))
      .map(([name, { maxAgeSeconds }]) => ({
        id: `evidence/${name}`,
        statement: notWithin(state("evidence", name), (age) => cedar`${age} > ${maxAgeSeconds * 1000}`),
      })),
    ...forbidden.map((entry, index) => ({
      id: `forbidden/${index}`,
      statement: matches(entry, effectName, effect),
    })),
    { id: "granted", statement: missingOr([tool], cedar`!${toolNames(effect)}.contains(${tool})`) },
  ];
}

function notExactly(key: string, wanted: string | boolean): Statement {
  return missingOr([state(key)], cedar`${state(key)} != ${wanted}`);
}

function matches(entry: Forbidden, effectName: string, effect: Effect): Statement {
  if (entry.tool !== undefined) return missingOr([tool], cedar`${tool} == ${entry.tool}`);
  if (entry.effect !== undefined) return entry.effect === effectName;
  return effect.tags?.some((tag) => tag === entry.tag) ?? false;
}

function toolNames({ tools }: Effect): readonly string[] {
  return tools.map((tool) => (typeof tool === "string" ? tool : tool.tool));
}
