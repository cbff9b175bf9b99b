/** The rows that are judged for every request. */
import { type Change, isRecord, valueAt } from "../change.ts";
import { around, at, type Deviate, type Deviation, type Site, spoilt, steps } from "./deviation.ts";

const killed = ["state", "killed"];
const halted = ["state", "halted"];
const phase = ["state", "phase"];
const activatedAt = ["state", "activatedAt"];

export const kill: Deviate<"kill"> = () => [
  at("killed", { path: killed, value: true }),
  ...spoilt("killed", killed, "boolean"),
];

export const halt: Deviate<"halt"> = () => [
  at("halted", { path: halted, value: true }),
  ...spoilt("halted", halted, "boolean"),
];

export const phaseIsActive: Deviate<"phase"> = () => [
  at("frozen", { path: phase, value: "frozen" }),
  at("in capitals", { path: phase, value: "ACTIVE" }),
  ...spoilt("phase", phase, "text"),
];

export const notBefore: Deviate<"notBefore"> = ({ at: limit }, site) => [
  ...moments("from", limit, site),
  ...spoilt("now", ["now"], "number"),
];

export const expiresAt: Deviate<"expiresAt"> = ({ at: limit }, site) => moments("until", limit, site);

/** The whole session moved in time, so that nothing else is too old or in the future. */
function moments(edge: string, limit: number, { request }: Site): readonly Deviation[] {
  return steps.map(({ sign, by }) => {
    const now = limit + by;
    const times = ["last", "evidence"].flatMap((map): Change[] => {
      const entries = valueAt(request, ["state", map]);
      return isRecord(entries) ? Object.keys(entries).map((key) => ({ path: ["state", map, key], value: now })) : [];
    });
    return at(`${edge}${sign}`, { path: ["now"], value: now }, { path: activatedAt, value: now }, ...times);
  });
}

export const duration: Deviate<"duration"> = ({ max }, site) => ages("duration", activatedAt, max, site);

export const evidence: Deviate<"evidence"> = ({ name, maxAge }, site) =>
  ages("age", ["state", "evidence", name], maxAge, site);

export function ages(edge: string, path: readonly string[], limit: number, { request }: Site): readonly Deviation[] {
  const now = Number(request.now);
  return [
    ...steps.map(({ sign, by }) => at(`${edge}${sign}`, { path, value: now - limit - by })),
    at("in the future", { path, value: now + 1 }),
    ...spoilt(path.at(-1) ?? "", path, "number"),
  ];
}

export const principal: Deviate<"principal"> = ({ is }) => [
  at("another", { path: ["principal"], value: `${is}x` }),
  ...spoilt("principal", ["principal"], "text"),
];

/** An entry by effect is met by that effect's own request. */
export const forbidden: Deviate<"forbidden"> = (bound) =>
  "tool" in bound ? [at("its tool", { path: ["tool"], value: bound.tool })] : [];

export const granted: Deviate<"granted"> = (_, { unknownTool }) => [
  at("another tool", { path: ["tool"], value: unknownTool }),
  ...spoilt("tool", ["tool"], "text"),
];

export const approvalsAround = (path: readonly string[], keys: number): readonly Deviation[] => [
  ...around("keys", path, keys),
  ...spoilt("approvals", path, "number"),
];
