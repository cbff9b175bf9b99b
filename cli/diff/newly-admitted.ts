/** Calls at the limits of one envelope that it allows and another denies: the boundary vectors of the one, judged by the other (SPEC §11). */
import { compile } from "../../compiler/compile.ts";
import type { Json } from "../../compiler/targets/vectors/change.ts";
import { merged } from "../../compiler/targets/vectors/merge-patch.ts";
import { multiply, planProducts } from "../../runtime/decode/product.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { localTime } from "../../schema/time/zones.ts";

export interface Admitted {
  /** The bound of the old envelope that denies it. */
  readonly bound: string;
  readonly effect: string;
  /** As they are decoded; amounts in minor units. */
  readonly fields: unknown;
  /** The whole question (SPEC §5). */
  readonly request: HostileRequest;
}

/** One call for each bound that alone denied it. None where a boundary shows nothing: that does not say that there is none. */
export function newlyAdmitted(before: Envelope, after: Envelope): readonly Admitted[] {
  const [text, old] = [canonicalJson(after), sha256(canonicalJson(before))];
  const { artefacts } = compile(new TextEncoder().encode(text));
  const vectors = artefacts?.get(artefactFiles.vectors);
  if (vectors === undefined) return [];
  const [judgeOld, judgeNew] = [planReference(before, old), planReference(after, sha256(text))];
  const found = new Map<string, Admitted>();
  for (const { request: line } of wholeLines(new TextDecoder().decode(vectors))) {
    const fields = withProducts(after, line);
    const request: Json = { ...line, fields };
    if (fields === undefined || !isMade(fields) || judgeNew(request).verdict !== "allow") continue;
    const asked = { ...request, envelope: old, state: withFacts(before, request) };
    const { verdict, violations } = judgeOld(asked);
    const [bound, ...others] = violations;
    if (verdict === "allow" || bound === undefined || others.length > 0 || found.has(bound)) continue;
    found.set(bound, { bound, effect: String(request.effect), fields, request: asked });
  }
  return [...found.values()];
}

function wholeLines(text: string): readonly { readonly request: Json }[] {
  const whole = new Map<string, Json>();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const { id, base, request } = JSON.parse(line);
      const made = merged(whole.get(base) ?? {}, request);
      whole.set(id, made);
      return { request: made };
    });
}

/** Vectors hold products that their operands do not make; undefined where these make none. */
function withProducts({ effects }: Envelope, { effect, fields }: Json): Json | undefined {
  const name = String(effect);
  const products = planProducts(Object.hasOwn(effects, name) ? effects[name]!.fields : {});
  const made = mapOf(fields);
  for (const { name: product, operands, surplus } of products) {
    const numbers = operands
      .map((operand) => made[operand])
      .filter((value): value is number => Number.isSafeInteger(value));
    const value = numbers.length === operands.length ? multiply(numbers, surplus) : undefined;
    if (value === undefined) return undefined;
    made[product] = value;
  }
  return made;
}

/** Vectors hold sets that no decoder makes, to look at one limit alone. */
function isMade(fields: unknown): boolean {
  return Object.values(mapOf(fields)).every((field) => {
    const { count, items } = mapOf(field);
    return !Array.isArray(items) || count === items.length;
  });
}

/** What the other envelope's state layer would know besides: that nothing was used, and what time it is. */
function withFacts({ effects, budgets, defaults }: Envelope, { effect, now, state }: Json): Json {
  const known = mapOf(state);
  const name = String(effect);
  const { session = {}, velocity, schedule } = (Object.hasOwn(effects, name) ? effects[name] : undefined) ?? {};
  const meters = [
    ...Object.keys(session).map((key) => `effects/${name}/session/${key}`),
    ...Object.keys(budgets).map((meter) => `budgets/${meter}`),
  ];
  const rates = (velocity ?? defaults?.velocity ?? []).map((_, i) => `effects/${name}/velocity/${i}`);
  const local = schedule === undefined ? {} : { [schedule.timezone]: localTime(schedule.timezone, Number(now)) };
  return {
    ...known,
    meters: { ...zeros(meters), ...mapOf(known.meters) },
    velocity: { ...zeros(rates), ...mapOf(known.velocity) },
    local: { ...local, ...mapOf(known.local) },
  };
}

function zeros(ids: readonly string[]): Json {
  return Object.fromEntries(ids.map((id) => [id, 0]));
}

function mapOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
