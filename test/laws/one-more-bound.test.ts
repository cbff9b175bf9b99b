import fc from "fast-check";
import { expect, test } from "vitest";
import type { Effect, Envelope } from "../../schema/envelope.ts";
import { answers, fewRuns, requestsOf, timeout, world } from "./worlds.ts";

const everyEffect = (document: Envelope, change: (effect: Effect, name: string) => Partial<Effect>): Envelope => ({
  ...document,
  effects: Object.fromEntries(
    Object.entries(document.effects).map(([name, effect]) => [name, { ...effect, ...change(effect, name) }]),
  ),
});

/** Each writes one bound more, or one that admits less. */
const stricter: Readonly<Record<string, (document: Envelope) => Envelope>> = {
  "a forbidden effect": (document) => ({ ...document, forbidden: [...document.forbidden, { effect: "e0" }] }),
  "a forbidden tool": (document) => ({ ...document, forbidden: [...document.forbidden, { tool: "tool.action" }] }),
  "a forbidden tag": (document) => ({ ...document, forbidden: [...document.forbidden, { tag: "irreversible" }] }),
  "evidence for every effect": (document) => ({
    ...document,
    evidence: { ...document.evidence, perimeter: { maxAgeSeconds: 0 } },
  }),
  "a velocity more": (document) =>
    everyEffect(document, ({ velocity }) => ({
      velocity: [...(velocity ?? document.defaults?.velocity ?? []), { max: 1, seconds: 9 }],
    })),
  "fewer calls": (document) => everyEffect(document, ({ session }) => ({ session: { ...session, calls: { max: 0 } } })),
  "fewer actions": (document) => ({ ...document, budgets: { ...document.budgets, actions: { max: 0 } } }),
  "something that must have happened before": (document) =>
    everyEffect(document, ({ after = [] }) => ({ after: [...after, { effect: "e0", withinSeconds: 1 }] })),
  "a justification": (document) => everyEffect(document, () => ({ justification: "required" })),
  "approval of every call": (document) => everyEffect(document, () => ({ approval: { keys: 3, roles: ["risk"] } })),
  "two keys for every call": (document) =>
    everyEffect(document, ({ external }) => (external ? { channel: "propose" } : {})),
  "a capability withheld": (document) => ({ ...document, capabilities: document.capabilities.slice(1) }),
  "the base mode": (document) => ({ ...document, mode: "base" }),
  "a schedule of one minute": (document) =>
    everyEffect(document, ({ schedule }) => ({
      schedule: { timezone: schedule?.timezone ?? "UTC", windows: [{ days: ["mon"], from: "00:00", until: "00:01" }] },
    })),
  "a shorter session": (document) => ({ ...document, validity: { ...document.validity, maxDurationSeconds: 1 } }),
  "a tuple of fields that nothing matches": (document) =>
    everyEffect(document, ({ fields, rows = [] }) => {
      const text = Object.entries(fields).find(([, { type }]) => type === "string");
      return text === undefined ? {} : { rows: [...rows, { fields: [text[0]], oneOf: [["nothing"]] }] };
    }),
  "an operator more": (document) =>
    everyEffect(document, ({ allow = {} }) => {
      const listed = Object.entries(allow).find(([, { oneOf, noneOf }]) => oneOf !== undefined && noneOf === undefined);
      const values = listed?.[1].oneOf;
      return listed === undefined || !Array.isArray(values) || typeof values[0] !== "string" || listed[0].includes(".")
        ? {}
        : { allow: { ...allow, [listed[0]]: { ...listed[1], oneOf: values.slice(0, 1) } } };
    }),
};

test.each(Object.entries(stricter))("%s never allows more", { timeout }, (_, strengthen) => {
  fc.assert(
    fc.property(world, ({ built, plans }) => {
      const requests = requestsOf(built, plans);
      const before = answers(built.document, requests);
      const after = answers(strengthen(built.document), requests);
      for (const [index, { verdict }] of after.entries()) {
        if (verdict === "allow") expect(before[index]!.verdict).toBe("allow");
        if (verdict === "hold") expect(before[index]!.verdict).not.toBe("deny");
      }
    }),
    fewRuns,
  );
});
