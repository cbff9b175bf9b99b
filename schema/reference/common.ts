/** The rows of the table that are judged for every request, one function per row. */
import type { Envelope, EvidenceRule, Forbidden } from "../envelope.ts";
import type { Check } from "./check.ts";
import { member, state, text, wholeNumber } from "./leaves.ts";
import { instant } from "./times.ts";

const kill: Check = { id: "kill", ok: (request) => state(request, "killed") === false };

const halt: Check = { id: "halt", ok: (request) => state(request, "halted") === false };

const phase: Check = { id: "phase", ok: (request) => state(request, "phase") === "active" };

function notBefore(envelope: Envelope): Check {
  const at = instant(envelope.validity.notBefore);
  return {
    id: "validity/not_before",
    ok: (request) => {
      const now = wholeNumber(member(request, "now"));
      return now !== undefined && now >= at;
    },
  };
}

function expiresAt(envelope: Envelope): Check {
  const at = instant(envelope.validity.expiresAt);
  return {
    id: "validity/expires_at",
    ok: (request) => {
      const now = wholeNumber(member(request, "now"));
      return now !== undefined && now < at;
    },
  };
}

function duration(envelope: Envelope): Check {
  const maxDuration = envelope.validity.maxDurationSeconds * 1000;
  return {
    id: "validity/duration",
    ok: (request) => {
      const now = wholeNumber(member(request, "now"));
      const activatedAt = wholeNumber(state(request, "activatedAt"));
      return now !== undefined && activatedAt !== undefined && activatedAt <= now && now - activatedAt < maxDuration;
    },
  };
}

function principal(envelope: Envelope): Check {
  return { id: "principal", ok: (request) => member(request, "principal") === envelope.principal };
}

function evidence(name: string, { maxAgeSeconds, effects }: EvidenceRule): Check {
  return {
    id: `evidence/${name}`,
    ok: (request) => {
      const effect = text(member(request, "effect"));
      if (effects !== undefined && (effect === undefined || !effects.includes(effect))) return true;
      const now = wholeNumber(member(request, "now"));
      const seen = wholeNumber(state(request, "evidence", name));
      return now !== undefined && seen !== undefined && seen <= now && now - seen <= maxAgeSeconds * 1000;
    },
  };
}

function forbidden(envelope: Envelope, entry: Forbidden, index: number): Check {
  const tagged = (effect: string) =>
    Object.hasOwn(envelope.effects, effect) && envelope.effects[effect]!.tags?.includes(entry.tag!);
  return {
    id: `forbidden/${index}`,
    ok: (request) => {
      const effect = text(member(request, "effect"));
      const tool = text(member(request, "tool"));
      if (entry.tool !== undefined) return tool !== undefined && tool !== entry.tool;
      if (entry.effect !== undefined) return effect !== undefined && effect !== entry.effect;
      return effect !== undefined && !tagged(effect);
    },
  };
}

export function granted(envelope: Envelope): Check {
  return {
    id: "granted",
    ok: (request) => {
      const effect = text(member(request, "effect"));
      if (effect === undefined || !Object.hasOwn(envelope.effects, effect)) return false;
      const tools = envelope.effects[effect]!.tools.map((tool) => (typeof tool === "string" ? tool : tool.tool));
      const tool = text(member(request, "tool"));
      return tool !== undefined && tools.includes(tool);
    },
  };
}

/** The rows above `granted`, in the table's order. */
export function commonRows(envelope: Envelope): readonly Check[] {
  return [
    kill,
    halt,
    phase,
    notBefore(envelope),
    expiresAt(envelope),
    duration(envelope),
    principal(envelope),
    ...Object.entries(envelope.evidence ?? {}).map(([name, rule]) => evidence(name, rule)),
    ...envelope.forbidden.map((entry, index) => forbidden(envelope, entry, index)),
  ];
}
