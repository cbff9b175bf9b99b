/** The facts that one envelope's state layer knows after the same history as another's: as bad for it as they can be. */
import type { Effect, Envelope, SessionLimit } from "../../schema/envelope.ts";
import { isRecord } from "./json.ts";

type Facts = Readonly<Record<string, unknown>>;

const most = Number.MAX_SAFE_INTEGER;

/**
 * @param state what is known under `a`; `effect` is the one that is called
 * @param part which part of a sum that is kept apart further the call falls into, from 0 to 1
 */
export function factsUnder(a: Envelope, b: Envelope, effect: string, state: Facts, part: number): Facts {
  const [mine, theirs] = [a.effects[effect], b.effects[effect]];
  if (mine === undefined || theirs === undefined) return state;
  return {
    ...state,
    meters: {
      ...metersUnder(mine, theirs, effect, mapOf(state.meters), part),
      ...budgetsUnder(a, b, effect, mapOf(state.meters)),
    },
    velocity: velocityUnder(a, b, effect, mapOf(state.velocity)),
    approvals: approvalsUnder(mine, theirs, effect, mapOf(state.approvals)),
    produced: JSON.stringify(a.effects.e0?.results) === JSON.stringify(b.effects.e0?.results) ? state.produced : {},
  };
}

/** Whether these facts can have come about under `a`: what is produced, some call has produced. */
export function haveArisen({ effects, ...a }: Envelope, { produced }: Facts): boolean {
  return Object.entries(mapOf(produced)).every(([key, values]) => {
    const [name = ""] = key.split("/");
    const effect = effects[name];
    if (effect === undefined || !Array.isArray(values) || values.length === 0) return true;
    const isForbidden = a.forbidden.some(
      (entry) => entry.effect === name || (entry.tag !== undefined && effect.tags?.includes(entry.tag)),
    );
    const isReached = effect.tools.some(
      (tool) => !a.forbidden.some((entry) => entry.tool === (typeof tool === "string" ? tool : tool.tool)),
    );
    const isGranted = (effect.requires ?? []).every((flag) => a.capabilities.includes(flag));
    const rates = effect.velocity ?? a.defaults?.velocity ?? [];
    const mostCalls = Math.min(a.budgets.actions.max, effect.session.calls.max, ...rates.map(({ max }) => max));
    return isReached && isGranted && !isForbidden && mostCalls > 0 && !(effect.external && a.mode === "base");
  });
}

function mapOf(value: unknown): Facts {
  return isRecord(value) ? value : {};
}

function metersUnder(mine: Effect, theirs: Effect, effect: string, meters: Facts, part: number): Facts {
  return Object.fromEntries(
    Object.entries(theirs.session).map(([key, limit]) => {
      const id = `effects/${effect}/session/${key}`;
      const used = meters[id];
      return [
        id,
        typeof used === "number" && limit !== undefined ? sumUnder(mine.session[key], limit, used, part) : most,
      ];
    }),
  );
}

function sumUnder(mine: SessionLimit | undefined, theirs: SessionLimit, used: number, part: number): number {
  const share = Math.floor(used * part);
  if (mine === undefined) return most;
  if (mine.perField !== undefined) return mine.perField === theirs.perField ? used : most;
  if (mine.perPeriod === undefined) return (theirs.perField ?? theirs.perPeriod) ? share : used;
  if (theirs.perPeriod === undefined || (mine.timezone ?? "UTC") !== (theirs.timezone ?? "UTC")) return most;
  if (mine.perPeriod === theirs.perPeriod) return used;
  const isWithin = mine.perPeriod === "month" || (mine.perPeriod === "day" && theirs.perPeriod === "hour");
  return isWithin ? share : most;
}

function budgetsUnder(a: Envelope, b: Envelope, effect: string, meters: Facts): Facts {
  const fedBy = ({ effects }: Envelope, meter: string) =>
    JSON.stringify(
      Object.entries(effects)
        .map(([name, { consumes = {}, external }]) => [name, consumes[meter] ?? null, external])
        .filter(([name]) => name === effect),
    );
  const names = ["actions", "externalCalls", ...Object.keys(b.effects[effect]?.consumes ?? {})];
  return Object.fromEntries(
    names.map((meter) => {
      const id = `budgets/${meter}`;
      return [id, fedBy(a, meter) === fedBy(b, meter) ? meters[id] : most];
    }),
  );
}

/** As many as may have been in each window, given how many were in those of `a`. */
function velocityUnder(a: Envelope, b: Envelope, effect: string, velocity: Facts): Facts {
  const rates = ({ effects, defaults }: Envelope) => effects[effect]?.velocity ?? defaults?.velocity ?? [];
  const counted = rates(a).map(({ max, seconds }, i) => ({
    max,
    seconds,
    before: velocity[`effects/${effect}/velocity/${i}`],
  }));
  return Object.fromEntries(
    rates(b).map(({ seconds }, i) => {
      const bounds = counted.map(({ max, seconds: own, before }) => {
        if (typeof before !== "number") return most;
        return before + (Math.ceil(seconds / own) - 1) * max;
      });
      return [`effects/${effect}/velocity/${i}`, Math.min(most, ...bounds)];
    }),
  );
}

/** People who may approve under `b` are those of its roles. */
function approvalsUnder(mine: Effect, theirs: Effect, effect: string, approvals: Facts): Facts {
  const id = `effects/${effect}/approval`;
  const isEnough = mine.approval?.roles.every((role) => theirs.approval?.roles.includes(role)) ?? false;
  return { ...approvals, [id]: isEnough ? approvals[id] : 0 };
}
