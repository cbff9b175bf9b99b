/** A template of `ai-execution-envelope` v0.1 → a draft of the widest envelope that it admits. */
import { quote } from "../../diagnostics/quote.ts";
import { blank, type Json, type JsonObject, lacking } from "../draft.ts";
import type { DraftContext } from "../import.ts";
import type { Source } from "../source.ts";
import { type Breaker, draftBreakers } from "./breakers.ts";
import { draftBudgets } from "./budgets.ts";
import { type Capability, capabilityTypes, draftEffects } from "./effects.ts";
import { draftForbidden, draftPostconditions, refuseWords, sweep } from "./rest.ts";
import { draftDuration } from "./times.ts";

export function draftFromTemplate({ source, checks }: DraftContext): JsonObject {
  const id = source.text("/_template_id") ?? "";
  source.carried("/_template_id", "/id");
  refuseForeign(source);
  const { capabilities, effectLacks } = capabilitiesOf(source);
  const breakers = breakersOf(source);
  const ceilings = "/budget_ceilings";
  const { budgets, thresholds, extrasOf } = draftBudgets(ceilings, ceilings, { source, capabilities, breakers });
  const effects = draftEffects(capabilities, source, extrasOf);
  const notIn = (what: string) => blank(`a template has no ${what}`);
  const draft = {
    ambit: "1",
    id: id === "" ? notIn("readable `_template_id`") : id,
    goal: { summary: notIn("goal") },
    issuer: notIn("issuer"),
    principal: notIn("agent"),
    mode: notIn("mode"),
    validity: {
      notBefore: notIn("start of validity"),
      expiresAt: notIn("end of validity"),
      maxDurationSeconds: draftDuration(`${ceilings}/max_duration_seconds`, source),
    },
    capabilities: blank("v0.1 has no flags: list those that the effects require"),
    budgets,
    effects: { ...effects, ...lacking(effectLacks) },
    forbidden: draftForbidden(
      source.children("/forbidden_baseline").map(({ pointer }) => ({ effect: pointer })),
      source,
    ),
    breakers: draftBreakers(breakers, thresholds, source),
    recovery: "manual_only",
    killSwitch: { signal: blank("v0.1 has no kill switch: name the signal that stops everything") },
    postconditions: draftPostconditions(checksOf(source), checks, source),
  };
  return { ...draft, ...lacking([...approvals(source), ...sweep(source)]) };
}

function refuseForeign(source: Source): void {
  const reasons: readonly (readonly [string, string])[] = [
    ["/_comment", "narrative"],
    [
      "/_template_version",
      "an envelope has no version of its own; write it beside the template's name where it is used",
    ],
    ["/_owned_by", "an owner is not an issuer: whoever issues the envelope signs it"],
    ["/_last_reviewed", "a date that bounds nothing"],
  ];
  for (const [pointer, why] of reasons) refuseWords(pointer, why, source);
}

function capabilitiesOf(source: Source): {
  readonly capabilities: readonly Capability[];
  readonly effectLacks: readonly string[];
} {
  const effectLacks: string[] = [];
  const names = new Set<string>();
  const capabilities = source.children("/allowed_capability_types").flatMap(({ pointer }): readonly Capability[] => {
    const type = source.text(pointer);
    if (type === undefined || !capabilityTypes.has(type) || names.has(type)) {
      const why = `${quote(source.written(pointer))} is no capability type of v0.1, or listed twice: write it as an effect, or leave it out`;
      effectLacks.push(why);
      source.left(pointer, "/effects", why);
      return [];
    }
    names.add(type);
    source.carried(pointer, `/effects/${type}`);
    return [{ name: type, type, scope: `/capability_bounds/${type}` }];
  });
  return { capabilities, effectLacks };
}

function breakersOf(source: Source): readonly Breaker[] {
  return source.children("/required_circuit_breakers").map(({ pointer }, index) => ({
    pointer,
    condition: source.text(pointer) ?? "",
    to: `/breakers/${index}`,
  }));
}

function checksOf(source: Source) {
  const critical: Json = blank("a template does not say whether the check is critical: true or false");
  return source.children("/required_postconditions").map(({ pointer }) => ({ check: pointer, critical }));
}

/** Conditions in free text, which decide whether a person is asked. */
function approvals(source: Source): readonly string[] {
  return ["auto_approve_if", "require_human_approval_if"].flatMap((name) =>
    source.children(`/approval_policy/${name}`).map(({ pointer }) => {
      const why = `${quote(name)} says ${quote(source.written(pointer))} in free text: write \`approval\` for the effects concerned`;
      source.left(pointer, "", why);
      return why;
    }),
  );
}
