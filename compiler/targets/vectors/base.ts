/** The requests that the vectors are made from: one for a call that reaches no effect, and one for each effect. */
import type { NormalisedEffect, NormalisedEnvelope } from "../../../schema/normalised.ts";
import { candidatesOf } from "./candidates/candidates.ts";
import { distinct } from "./candidates/sample.ts";
import type { Json } from "./change.ts";
import type { FieldPlan, FieldPlans } from "./field-plan.ts";

/** A call of a tool that no effect reaches, and that no entry forbids, in a session where all is well. */
export function requestWithoutEffect(envelope: NormalisedEnvelope): Json {
  const now = startOf(envelope);
  return {
    envelope: envelope.digest,
    principal: envelope.bounds.principal?.[0]?.is ?? "",
    effect: "",
    tool: unknownTool(envelope),
    fields: {},
    justified: false,
    now,
    state: {
      seq: 1,
      phase: "active",
      killed: false,
      halted: false,
      activatedAt: now,
      meters: {},
      velocity: {},
      local: {},
      approvals: {},
      last: {},
      produced: {},
      evidence: Object.fromEntries((envelope.bounds.evidence ?? []).map(({ name }) => [name, now])),
    },
  };
}

/** A first guess at a call of this effect that every bound allows: nothing used, everybody asked, everything in order. */
export function requestFor(
  name: string,
  effect: NormalisedEffect,
  plans: FieldPlans,
  root: Json,
  forbidden: ReadonlySet<string>,
): Json {
  const { bounds } = effect;
  const now = Number(root.now);
  const tools = Object.keys(effect.tools);
  const fields = Object.fromEntries([...plans].map(([key, plan]) => [key, candidatesOf(plan, plans)[0]]));
  const meters = [...(bounds.session ?? []), ...(bounds.budget ?? [])].map(({ id }) => [id, 0]);
  const approvals = [...(bounds.approval ?? []), ...(bounds.channel ?? [])].map(({ id, keys }) => [id, keys]);
  return {
    ...root,
    effect: name,
    tool: tools.find((tool) => !forbidden.has(tool)) ?? tools[0],
    fields,
    justified: bounds.justification !== undefined,
    state: {
      ...(root.state as Json),
      meters: Object.fromEntries(meters),
      velocity: Object.fromEntries((bounds.velocity ?? []).map(({ id }) => [id, 0])),
      local: Object.fromEntries(
        (bounds.schedule ?? []).map((schedule) => [schedule.timezone, openTime(schedule, now)]),
      ),
      approvals: Object.fromEntries(approvals),
      last: Object.fromEntries((bounds.after ?? []).map(({ effect }) => [effect, now])),
      produced: producedFor(plans, fields),
    },
  };
}

/** A minute into the time of validity, if it lasts that long. */
function startOf({ bounds }: NormalisedEnvelope): number {
  const from = bounds.notBefore?.[0]?.at ?? 0;
  const until = bounds.expiresAt?.[0]?.at ?? Number.MAX_SAFE_INTEGER;
  return from + 60_000 < until ? from + 60_000 : from;
}

function unknownTool({ effects, bounds }: NormalisedEnvelope): string {
  const known = new Set(Object.values(effects).flatMap(({ tools }) => Object.keys(tools)));
  for (const bound of bounds.forbidden ?? []) if ("tool" in bound) known.add(bound.tool);
  let tool = "unknown.tool";
  while (known.has(tool)) tool += "x";
  return tool;
}

type Schedule = NonNullable<NormalisedEffect["bounds"]["schedule"]>[number];

/** The start of the first window, on a day that is not excepted. */
function openTime({ windows, except }: Schedule, now: number): Json {
  const [day, [window] = []] = Object.entries(windows)[0] ?? ["mon"];
  let at = now;
  const dateOf = () => new Date(at).toISOString().slice(0, 10);
  while (except !== undefined && Object.hasOwn(except, dateOf())) at += 86_400_000;
  return { day, minute: window?.[0] ?? 0, date: dateOf() };
}

/** The results that fields must be among: what these fields hold, and what else would be tried for them. */
function producedFor(plans: FieldPlans, fields: Json): Json {
  const produced: Record<string, unknown[]> = {};
  for (const plan of plans.values()) {
    for (const operator of plan.operators) {
      if (operator.op !== "producedBy") continue;
      const values = [fields[plan.key], ...candidatesOf(plan, plans).slice(0, 4)].flatMap((value) =>
        elementsOf(plan, value),
      );
      produced[operator.fact] = [...distinct([...(produced[operator.fact] ?? []), ...values], 12)];
    }
  }
  return produced;
}

function elementsOf({ shape }: FieldPlan, value: unknown): readonly unknown[] {
  if (shape === "number" || shape === "text") return [value];
  return typeof value === "object" && value !== null && "items" in value && Array.isArray(value.items)
    ? value.items
    : [];
}
