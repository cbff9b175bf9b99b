/** An envelope of `ai-execution-envelope` v0.1 → a draft. */
import { quote } from "../../diagnostics/quote.ts";
import { blank, type Json, type JsonObject, lacking } from "../draft.ts";
import type { DraftContext } from "../import.ts";
import type { Source } from "../source.ts";
import { type Breaker, draftBreakers } from "./breakers.ts";
import { draftBudgets } from "./budgets.ts";
import { type Capability, capabilityTypes, draftEffects } from "./effects.ts";
import { type Check, draftForbidden, draftPostconditions, isName, refuseWords, sweep } from "./rest.ts";
import { draftDuration, draftExpiry } from "./times.ts";

export function draftFromEnvelope({ source, checks }: DraftContext): JsonObject {
  source.carried("/version", "/ambit", "read as v0.1 of `ai-execution-envelope`");
  const lacks = [...refuseForeign(source)];
  const { capabilities, effectLacks } = capabilitiesOf(source);
  const breakers = breakersOf(source);
  const { budgets, thresholds, extrasOf } = draftBudgets("/budgets", "/budgets/domain_specific", {
    source,
    capabilities,
    breakers,
  });
  const effects = draftEffects(capabilities, source, extrasOf);
  const draft = {
    ambit: "1",
    id: text("/envelope_id", "/id", source),
    goal: {
      summary: text("/goal/summary", "/goal/summary", source),
      ...(source.has("/goal/task_type") ? { taskType: text("/goal/task_type", "/goal/taskType", source) } : {}),
    },
    issuer: text("/meta/issued_by", "/issuer", source),
    principal: blank("v0.1 does not say which agent may act"),
    ...templateOf(source),
    mode: blank('v0.1 has no modes: "window" to grant external effects for a time, "base" to deny them'),
    validity: {
      notBefore: blank("the source has no start of validity: `created_at` is when the document was written"),
      expiresAt: draftExpiry("/meta/expires_at", ["/goal/summary"], source),
      maxDurationSeconds: draftDuration("/budgets/max_duration_seconds", source),
    },
    capabilities: blank("v0.1 has no flags: list those that the effects require"),
    budgets,
    effects: { ...effects, ...lacking(effectLacks) },
    forbidden: draftForbidden(
      source
        .children("/forbidden")
        .map(({ pointer }) => ({ effect: `${pointer}/effect`, reason: `${pointer}/reason` })),
      source,
    ),
    breakers: draftBreakers(breakers, thresholds, source),
    recovery: recoveryOf("/circuit_breaker/recovery", source),
    killSwitch: { signal: blank("v0.1 has no kill switch: name the signal that stops everything") },
    postconditions: draftPostconditions(checksOf(source), checks, source),
  };
  lacks.push(...sweep(source));
  return { ...draft, ...lacking(lacks) };
}

function text(pointer: string, to: string, source: Source): Json {
  const value = source.text(pointer);
  if (value !== undefined) {
    source.carried(pointer, to);
    return value;
  }
  const why = source.has(pointer)
    ? `the source says ${quote(source.written(pointer))}, which is no text`
    : `the source has no ${quote(pointer)}`;
  if (source.has(pointer)) source.left(pointer, to, why);
  return blank(why);
}

/** What an envelope has no place for. @returns what the draft lacks for it */
function refuseForeign(source: Source): readonly string[] {
  const refuse = (pointer: string, why: string) => refuseWords(pointer, why, source);
  refuse("/$schema", "the schema that it names admits no member `$schema`: by its own rules the document is not valid");
  refuse("/meta/created_at", "when the document was written bounds nothing; it is not taken for a start of validity");
  refuse("/meta/tags", "labels: no call is judged by them");
  const signature = source.text("/meta/signature") ?? "";
  refuse(
    "/meta/signature",
    /^sha-?\d+:/i.test(signature)
      ? "a hash is no signature: whoever changes the document can make a new one; sign the finished envelope with `ambit sign`"
      : "it was made over another document; sign the finished envelope with `ambit sign`",
  );
  const approved = "an approval of another document: whoever approves this one signs it";
  for (const name of ["approved_by", "approved_at", "approval_token"]) refuse(`/approval/${name}`, approved);
  if (!source.has("/approval/required") || source.flag("/approval/required") === false) {
    refuse(
      "/approval/required",
      "activation asks for two keys by what the envelope grants, whatever the document says",
    );
    return [];
  }
  const why =
    source.flag("/approval/required") === true
      ? "the source asks for a person's approval before it is executed: write `approval` for the effects concerned"
      : `the source says ${quote(source.written("/approval/required"))} of approval, which is neither true nor false: write \`approval\` for the effects concerned`;
  source.left("/approval/required", "", why);
  return [why];
}

function capabilitiesOf(source: Source): {
  readonly capabilities: readonly Capability[];
  readonly effectLacks: readonly string[];
} {
  const effectLacks: string[] = [];
  const entries = source.children("/capabilities");
  const types = entries.map(({ pointer }) => source.text(`${pointer}/type`));
  const names = new Set<string>();
  const capabilities = entries.flatMap(({ pointer }, index): readonly Capability[] => {
    const type = types[index];
    const id = source.text(`${pointer}/cap_id`) ?? "";
    const isOnly = type !== undefined && types.indexOf(type) === types.lastIndexOf(type);
    const name = isOnly ? type : id;
    if (type === undefined || !capabilityTypes.has(type) || names.has(name) || !/^[a-z][a-z0-9_]{0,63}$/.test(name)) {
      const why = `the capability ${quote(pointer)} has no type of v0.1, or no id of its own: write it as an effect, or leave it out`;
      effectLacks.push(why);
      source.left(pointer, "/effects", why);
      return [];
    }
    names.add(name);
    source.carried(`${pointer}/type`, `/effects/${name}${isOnly ? "" : "/tags/0"}`);
    if (isOnly) refuseWords(`${pointer}/cap_id`, "the effect is named by its type", source);
    if (!isOnly) source.carried(`${pointer}/cap_id`, `/effects/${name}`);
    return [{ name, type, scope: `${pointer}/scope`, rate: `${pointer}/rate_limit` }];
  });
  return { capabilities, effectLacks };
}

function breakersOf(source: Source): readonly Breaker[] {
  return source.children("/circuit_breaker/triggers").map(({ pointer }, index) => ({
    pointer: `${pointer}/condition`,
    condition: source.text(`${pointer}/condition`) ?? "",
    to: `/breakers/${index}`,
    action: `${pointer}/action`,
  }));
}

function checksOf(source: Source): readonly Check[] {
  return source.children("/postconditions").map(({ pointer }, index): Check => {
    const to = `/postconditions/${index}`;
    const id = source.text(`${pointer}/condition_id`);
    if (id !== undefined && isName(id)) source.carried(`${pointer}/condition_id`, `${to}/id`);
    else if (id !== undefined) source.refused(`${pointer}/condition_id`, `it is no name; \`${to}/id\` is another`);
    const critical = source.flag(`${pointer}/critical`);
    if (critical !== undefined) source.carried(`${pointer}/critical`, `${to}/critical`);
    return { check: `${pointer}/check`, ...(id === undefined ? {} : { id }), critical: critical ?? true }; // v0.1's default
  });
}

const recoveries: readonly string[] = ["manual_only", "new_envelope_required"];

function recoveryOf(pointer: string, source: Source): Json {
  if (!source.has(pointer)) return "manual_only"; // v0.1's default
  const value = source.text(pointer);
  if (value !== undefined && recoveries.includes(value)) {
    source.carried(pointer, "/recovery");
    return value;
  }
  const why = `the source says ${quote(source.written(pointer))} of recovery: here a halted session resumes by an operator's key (\`manual_only\`) or not at all (\`new_envelope_required\`)`;
  source.left(pointer, "/recovery", why);
  return blank(why);
}

function templateOf(source: Source): JsonObject {
  const name = source.text("/template_ref");
  if (name === undefined) return {};
  const why = `the source names ${quote(name)} without version and digest: write \`id\`, \`version\` and \`sha256\`, or leave \`template\` out`;
  source.left("/template_ref", "/template", why);
  return { template: blank(why) };
}
