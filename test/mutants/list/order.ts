import type { Mutant } from "../mutant.ts";

const comparisons = ["test/order/narrower.test.ts"];
const activations = ["test/templates/activate.test.ts"];
const templates = ["test/templates/read.test.ts"];

/** A comparison that is left out of its table. */
const dropped = (file: string, member: string, from: string): Mutant => ({
  file,
  what: `\`${member}\` is not compared`,
  from: `${member}: ${from}`,
  to: `${member}: undefined`,
  by: comparisons,
});

const mutant = (file: string, what: string, from: string, to: string, by: readonly string[] = comparisons): Mutant => ({
  file,
  what,
  from,
  to,
  by,
});

const envelope = "compiler/order/order.ts";
const effects = "compiler/order/effects.ts";
const fields = "compiler/order/decoding/fields.ts";
const claims = "compiler/order/decoding/claims.ts";
const tools = "compiler/order/decoding/tools.ts";
const domain = "compiler/order/values/domain.ts";
const session = "compiler/order/limits/session.ts";
const budgets = "compiler/order/limits/budgets.ts";
const approval = "compiler/order/approval.ts";
const breakers = "compiler/order/breakers.ts";
const keys = "runtime/activation/template/keys.ts";
const check = "runtime/activation/template/check.ts";
const record = "runtime/activation/template/record.ts";

/** What makes one envelope narrower than another, and what a template is good for. */
export const order: readonly Mutant[] = [
  dropped(envelope, "validity", "compareValidity"),
  dropped(envelope, "effects", "compareEffects"),
  dropped(envelope, "breakers", "compareBreakers"),
  dropped(envelope, "postconditions", "compareAfterwards"),
  mutant(envelope, "any agent may act", "if (a.principal !== b.principal)", "if (a.principal === null)"),
  mutant(envelope, "flags may be granted besides", "!b.capabilities.includes(flag)", "flag === null"),
  mutant(
    envelope,
    "the mode may be any",
    'a.mode !== "base" && a.mode !== b.mode',
    'a.mode !== "base" && a.mode === null',
  ),
  dropped(effects, "tools", "compareTools"),
  dropped(effects, "requires", "compareGrants"),
  dropped(effects, "fields", "compareFields"),
  dropped(effects, "allow", "compareAllow"),
  dropped(effects, "rows", "compareRows"),
  dropped(effects, "relations", "compareRelations"),
  dropped(effects, "perCall", "comparePerCall"),
  dropped(effects, "session", "compareSession"),
  dropped(effects, "velocity", "compareVelocity"),
  dropped(effects, "consumes", "compareBudgets"),
  dropped(effects, "after", "compareAfter"),
  dropped(effects, "schedule", "compareSchedule"),
  dropped(effects, "approval", "compareApproval"),
  mutant(
    effects,
    "evidence is not compared",
    "...Object.values(comparisons), compareEvidence]",
    "...Object.values(comparisons)]",
  ),
  mutant(effects, "proposals may be executed", 'a.effect.channel !== "propose"', "a.effect.channel === undefined"),
  mutant(
    effects,
    "no justification is needed",
    'a.effect.justification !== "required"',
    "a.effect.justification === null",
  ),
  mutant(effects, "results may be others", "other !== undefined && !same(result, other)", "other === null"),
  mutant(fields, "defaults may be others", "b.optional === true && same(a.default, b.default)", "b.optional === true"),
  mutant(fields, "members may differ", "? same(mine[member], theirs[member])", "? true"),
  mutant(
    claims,
    "arguments may be there in other ways",
    "if (!others.some((each) => covers(each, claim)))",
    "if (others.length < 0)",
  ),
  mutant(
    tools,
    "values are compared by their texts",
    "return within(given, wanted);",
    "return within(given.map(String), wanted.map(String));",
  ),
  mutant(domain, "deny lists are not looked at", "!none.some(({ value }) => value === member.value) &&", ""),
  mutant(domain, "what is excluded below is not looked at", "!liesUnder(member, noneUnder) &&", ""),
  mutant(session, "sums may be kept apart by anything", "return mine.perField === theirs.perField;", "return true;"),
  mutant(session, "periods of any zone are the same", "|| zone !== other)", ")"),
  mutant(session, "a period has a name at any time", "end.ok && localTime(zone, end.value) !== undefined", "end.ok"),
  mutant(
    budgets,
    "external calls are not compared",
    "b.effect.external && mostExternal",
    "!b.effect.external && mostExternal",
  ),
  mutant(approval, "fewer keys are enough", "mine.keys < theirs.keys", "mine.keys < 1"),
  mutant(approval, "any role may approve", "!within(mine.roles, theirs.roles)", "!within(mine.roles, mine.roles)"),
  mutant(breakers, "a breaker may do anything", "doesAsMuch(own, breaker) &&", ""),
  mutant(breakers, "any metric can always be read", "counted.includes(metric) ||", "counted.length > 0 ||"),
  mutant(
    breakers,
    "metrics may be left out",
    "own.when.some((condition) => condition.metric === metric)",
    "own.when.length > 0 || metric === null",
  ),
  mutant(
    keys,
    "people are never required",
    "asksForPeople(envelope, template, step)) return false;",
    "step === null) return false;",
    activations,
  ),
  mutant(keys, "whoever signed the template may agree with himself", "one.person !== person &&", "", activations),
  mutant(
    keys,
    "what is not limited is approved beforehand",
    "some(template.autoApprove, envelope, step, false)",
    "some(template.autoApprove, envelope, step, true)",
    activations,
  ),
  mutant(
    keys,
    "what is not limited asks nobody",
    "some(requireHuman, envelope, step, true)",
    "some(requireHuman, envelope, step, false)",
    activations,
  ),
  mutant(
    check,
    "an envelope may go beyond its template",
    "if (beyond.length > 0)",
    "if (beyond.length < 0)",
    activations,
  ),
  mutant(
    check,
    "a template with errors is good enough",
    "if (template === undefined) return {",
    "if (diagnostics.length < 0) return {",
    activations,
  ),
  mutant(
    check,
    "anybody may sign a template",
    "typOf.template, found.read.payload);",
    "typOf.template, found.read.payload).then((got): typeof got => (got.ok ? got : { ok: true, kids: [] }));",
    activations,
  ),
  mutant(
    record,
    "the record may hold any template",
    "read !== undefined && isNamed(envelope, read) ? read",
    "read !== undefined ? read",
    activations,
  ),
  mutant("compiler/read/catalogue.ts", "any name may be forbidden", "!known.includes(name)", "name === null", [
    "test/templates/command.test.ts",
  ]),
  mutant("cli/expect-envelope.ts", "a template is read as an envelope", "isSaidTemplate(source)", "source.length < 0", [
    "test/templates/command.test.ts",
  ]),
  mutant(
    "cli/diff/moments.ts",
    "a session that is shown may begin before its envelope",
    "moved.activatedAt >= span.from",
    "moved.activatedAt >= 0",
    ["test/order/admitted.test.ts"],
  ),
  mutant(
    "compiler/rules/template/catalogued.ts",
    "the catalogue is not looked at",
    "!known.includes(name)",
    "known.includes(name) && false",
    templates,
  ),
];
