/** The rows of the table that are judged for a granted effect, as far as it writes them. */
import type { After, Effect, Envelope, Schedule } from "../envelope.ts";
import { allowRow } from "./allow.ts";
import type { Check } from "./check.ts";
import { member, state, text, wholeNumber } from "./leaves.ts";
import { budgetRows, perCallRow, sessionRow, velocityRows } from "./limits.ts";
import { approvalRow, channelRow } from "./people.ts";
import { relationRow, rowsRow } from "./ties.ts";
import { minuteOfDay } from "./times.ts";

function requires(envelope: Envelope, effectName: string, flag: string): Check {
  return { id: `effects/${effectName}/requires/${flag}`, ok: () => envelope.capabilities.includes(flag) };
}

function mode(envelope: Envelope, effect: Effect): Check {
  return { id: "mode", ok: () => envelope.mode === "window" || !effect.external };
}

function after(effectName: string, { effect, withinSeconds }: After, index: number): Check {
  return {
    id: `effects/${effectName}/after/${index}`,
    ok: (request) => {
      const now = wholeNumber(member(request, "now"));
      const last = wholeNumber(state(request, "last", effect));
      return now !== undefined && last !== undefined && last <= now && now - last <= withinSeconds * 1000;
    },
  };
}

function schedule(effectName: string, { timezone, windows, except }: Schedule): Check {
  return {
    id: `effects/${effectName}/schedule`,
    ok: (request) => {
      const local = state(request, "local", timezone);
      const day = text(member(local, "day"));
      const minute = wholeNumber(member(local, "minute"));
      const date = text(member(local, "date"));
      if (day === undefined || minute === undefined) return false;
      if (except !== undefined && (date === undefined || except.includes(date))) return false;
      return windows.some(
        ({ days, from, until }) =>
          days.some((open) => open === day) && minuteOfDay(from) <= minute && minute < minuteOfDay(until),
      );
    },
  };
}

function justification(effectName: string): Check {
  return { id: `effects/${effectName}/justification`, ok: (request) => member(request, "justified") === true };
}

/** The rows below `granted`, in the table's order. */
export function effectRows(envelope: Envelope, name: string, effect: Effect): readonly Check[] {
  return [
    ...(effect.requires ?? []).map((flag) => requires(envelope, name, flag)),
    mode(envelope, effect),
    ...Object.entries(effect.allow ?? {}).map(([key, allow]) => allowRow(envelope, name, effect, key, allow)),
    ...(effect.rows ?? []).map((rows, index) => rowsRow(name, effect, rows, index)),
    ...(effect.relations ?? []).map((relation, index) => relationRow(name, effect, relation, index)),
    ...Object.entries(effect.perCall ?? {}).map(([key, perCall]) => perCallRow(name, effect, key, perCall)),
    ...Object.entries(effect.session).map(([key, limit]) => sessionRow(name, effect, key, limit)),
    ...budgetRows(envelope, effect),
    ...velocityRows(envelope, name, effect),
    ...(effect.after ?? []).map((entry, index) => after(name, entry, index)),
    ...(effect.schedule ? [schedule(name, effect.schedule)] : []),
    ...(effect.justification === "required" ? [justification(name)] : []),
    ...(effect.approval ? [approvalRow(name, effect, effect.approval)] : []),
    channelRow(name, effect),
  ];
}
