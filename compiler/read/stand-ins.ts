import { type JsonNode, nodeOf } from "../../schema/json/parse.ts";
import { escapeToken } from "../../schema/json/pointer.ts";
import { nowhere } from "./document.ts";
import { startingAt } from "./slips.ts";
import type { TreeIndex } from "./tree.ts";

const envelope: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["ambit", "1"],
  ["id", "stand-in"],
  ["goal", { summary: "stand-in" }],
  ["issuer", "stand-in"],
  ["principal", "stand-in"],
  ["mode", "window"],
  [
    "validity",
    { notBefore: "1970-01-01T00:00:00Z", expiresAt: "9999-12-31T23:59:59Z", maxDurationSeconds: 315_360_000 },
  ],
  ["budgets", { actions: { max: 1 }, externalCalls: { max: 1 } }],
  ["forbidden", []],
  ["recovery", "manual_only"],
  ["killSwitch", { signal: "stand-in" }],
]);

const validity: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["notBefore", "1970-01-01T00:00:00Z"],
  ["expiresAt", "9999-12-31T23:59:59Z"],
  ["maxDurationSeconds", 315_360_000],
]);

const velocity = [{ max: 1, seconds: 1 }];
const effect: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["tools", ["stand-in"]],
  ["fields", {}],
  ["session", { calls: { max: 1 } }],
]);

const longest = 315_360_000;

/** Parts of lists and maps, which would be lost with one member of theirs. */
const parts: readonly (readonly [owner: RegExp, members: Readonly<Record<string, unknown>>])[] = [
  [/^\/(?:effects\/[^/]+|defaults)\/velocity\/\d+$/, { max: 1, seconds: 1 }],
  [/^\/effects\/[^/]+\/after\/\d+$/, { withinSeconds: longest }],
  [/^\/effects\/[^/]+\/approval$/, { keys: 1 }],
  [
    /^\/effects\/[^/]+\/schedule\/windows\/\d+$/,
    { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", until: "23:59" },
  ],
  [/^\/evidence\/[^/]+$/, { maxAgeSeconds: longest }],
  [/^\/breakers\/\d+$/, { action: "halt" }],
  [/^\/postconditions\/\d+$/, { critical: true }],
];

/**
 * What stands for a mandatory member that cannot be read, so that the rules still judge the rest: as harmless as can be. Undefined where
 * its owner cannot do without.
 */
export function standInFor(owner: string, name: string, index: TreeIndex): JsonNode | undefined {
  const value = valueFor(owner, name, index);
  const node = value === undefined ? undefined : nodeOf(value);
  return node === undefined ? undefined : startingAt(node, nowhere);
}

function valueFor(owner: string, name: string, index: TreeIndex): unknown {
  if (owner === "") {
    if (name === "capabilities") return requiredFlags(index);
    if (name === "effects") return { stand_in: { ...Object.fromEntries(effect), external: false, velocity } };
    return envelope.get(name);
  }
  if (owner === "/validity") return validity.get(name);
  if (owner === "/budgets" && (name === "actions" || name === "externalCalls")) return { max: 1 };
  if (/^\/effects\/[^/]+$/.test(owner)) {
    return name === "external" ? index.has(`${owner}/channel`) : effect.get(name);
  }
  if (/^\/effects\/[^/]+\/session$/.test(owner) && name === "calls") return { max: 1 };
  const part = parts.find(([place]) => place.test(owner))?.[1];
  return part !== undefined && Object.hasOwn(part, name) ? part[name] : undefined;
}

/** Every flag that an effect requires. */
function requiredFlags(index: TreeIndex): readonly string[] {
  const effects = index.get("/effects")?.node;
  if (effects?.kind !== "object") return [];
  const flags = effects.members.flatMap(({ name }) => {
    const requires = index.get(`/effects/${escapeToken(name)}/requires`)?.node;
    return requires?.kind === "array" ? requires.elements.flatMap((e) => (e.kind === "string" ? [e.value] : [])) : [];
  });
  return [...new Set(flags)];
}
