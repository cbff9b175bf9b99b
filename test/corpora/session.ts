/** A session in memory, as simple as it can be: an allow is charged at once and counts as settled. */
import type { Evaluator } from "../../runtime/index.ts";
import { freshFacts } from "../../runtime/index.ts";
import type { FieldValues } from "../../schema/request.ts";
import type { Verdict } from "../../schema/verdict.ts";

export interface Session {
  /** Judges one tool call, a second after the one before. */
  play(tool: string, args: unknown): Verdict;
}

/** For envelopes that limit calls and fields per session, without parts kept apart, results or schedules. */
export function openSession(evaluator: Evaluator, startsAt: number): Session {
  const { envelope } = evaluator;
  const used = new Map<string, number>();
  const allowedAt = new Map<string, number[]>();
  const last: Record<string, number> = Object.create(null);
  let now = startsAt;

  const factsFor = (effect: string) => {
    const { state, ...facts } = freshFacts(envelope, effect, now);
    const meters = Object.entries(state.meters).map(([id]) => [id, used.get(id) ?? 0] as const);
    const rates = envelope.effects[effect]?.velocity ?? envelope.defaults?.velocity ?? [];
    const velocity = rates.map(({ seconds }, index) => {
      const recent = (allowedAt.get(effect) ?? []).filter((at) => at > now - seconds * 1000);
      return [`effects/${effect}/velocity/${index}`, recent.length] as const;
    });
    return {
      ...facts,
      state: { ...state, activatedAt: startsAt, meters: mapOf(meters), velocity: mapOf(velocity), last },
    };
  };

  const charge = (effect: string, fields: FieldValues) => {
    for (const id of Object.keys(freshFacts(envelope, effect, now).state.meters)) {
      const amount = fields[id.split("/")[3] ?? ""];
      used.set(id, (used.get(id) ?? 0) + (typeof amount === "number" ? amount : 1));
    }
    allowedAt.set(effect, [...(allowedAt.get(effect) ?? []), now]);
    last[effect] = now;
  };

  return {
    play(tool, args) {
      now += 1000;
      const verdict = evaluator.decide(JSON.stringify({ tool, args }), ({ effect }) => factsFor(effect));
      if (verdict.verdict === "allow" && verdict.effect !== null) charge(verdict.effect, verdict.fields ?? {});
      return verdict;
    },
  };
}

function mapOf(entries: readonly (readonly [string, number])[]): Readonly<Record<string, number>> {
  const map: Record<string, number> = Object.create(null);
  for (const [id, value] of entries) map[id] = value;
  return map;
}
