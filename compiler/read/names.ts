import type { Effect, Envelope } from "../../schema/envelope.ts";
import { formatPointer } from "../../schema/json/pointer.ts";
import { isSignalName } from "../../schema/signal-name.ts";
import { escapeText } from "../diagnostics/quote.ts";
import type { Report } from "../diagnostics/report.ts";

/** A name, id or tag, and where it stands: as a value or as the name of a member. */
interface Named {
  readonly kind: string;
  readonly name: string;
  readonly pointer: string;
  readonly at: "value" | "key";
}

/** Control, format and bidirectional characters, line separators, fillers: what a signer cannot see. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}]/u;

/** SPEC §2 Names, §14: what the patterns of the schema cannot say. */
export function checkNames(envelope: Envelope, { report }: { readonly report: Report }): void {
  for (const named of [...texts(envelope), ...toolNames(envelope)]) checkVisible(named, report);
  for (const named of keys(envelope)) checkFree(named, report);
  const { signal } = envelope.killSwitch;
  if (!isSignalName(signal)) report("name/no_signal", "/killSwitch/signal", { name: signal });
}

export function checkVisible({ kind, name, pointer }: Omit<Named, "at">, report: Report): void {
  const character = unseen.exec(name)?.[0];
  if (character === undefined) return;
  report("name/unprintable", pointer, { kind, name, character: `\`${escapeText(character)}\`` });
}

function checkFree({ kind, name, pointer, at }: Named, report: Report): void {
  if (name in Object.prototype) {
    report(
      "name/reserved",
      pointer,
      { kind, name, reason: "every JavaScript object has a member of that name" },
      { at },
    );
  } else if (kind === "field" && name === "calls") {
    report("name/reserved", pointer, { kind, name, reason: "`session.calls` counts calls" }, { at });
  }
}

function texts(envelope: Envelope): readonly Named[] {
  const { id, issuer, principal, template, parent, killSwitch } = envelope;
  return [
    value("id", id, "id"),
    value("issuer", issuer, "issuer"),
    value("principal", principal, "principal"),
    value("template id", template?.id, "template", "id"),
    value("template version", template?.version, "template", "version"),
    value("parent id", parent?.id, "parent", "id"),
    value("signal", killSwitch.signal, "killSwitch", "signal"),
    ...envelope.forbidden.flatMap(({ tag }, i) => value("tag", tag, "forbidden", i, "tag")),
    ...Object.entries(envelope.budgets).flatMap(([meter, budget]) =>
      value("unit", budget !== undefined && "unit" in budget ? budget.unit : undefined, "budgets", meter, "unit"),
    ),
    ...effects(envelope).flatMap(([name, effect]) => effectTexts(name, effect)),
  ].flat();
}

function effectTexts(effect: string, { tags = [], fields }: Effect): readonly Named[] {
  return [
    ...tags.flatMap((tag, i) => value("tag", tag, "effects", effect, "tags", i)),
    ...entries(fields).flatMap(([name, field]) =>
      value("unit", "unit" in field ? field.unit : undefined, "effects", effect, "fields", name, "unit"),
    ),
  ];
}

function toolNames(envelope: Envelope): readonly Named[] {
  const ofEffects = effects(envelope).flatMap(([name, { tools }]) =>
    tools.flatMap((tool, i) =>
      typeof tool === "string"
        ? value("tool name", tool, "effects", name, "tools", i)
        : value("tool name", tool.tool, "effects", name, "tools", i, "tool"),
    ),
  );
  return [
    ...ofEffects,
    ...envelope.forbidden.flatMap(({ tool }, i) => value("tool name", tool, "forbidden", i, "tool")),
  ];
}

function keys(envelope: Envelope): readonly Named[] {
  return [
    ...members("set", envelope.sets, "sets"),
    ...members("meter", envelope.budgets, "budgets"),
    ...members("evidence", envelope.evidence, "evidence"),
    ...members("effect", envelope.effects, "effects"),
    ...(envelope.breakers ?? []).flatMap(({ id }, i) => value("breaker", id, "breakers", i, "id")),
    ...envelope.forbidden.flatMap(({ effect }, i) => value("effect", effect, "forbidden", i, "effect")),
    ...(envelope.postconditions ?? []).flatMap(({ id }, i) => value("postcondition", id, "postconditions", i, "id")),
    ...effects(envelope).flatMap(([name, { fields, results, approval }]) => [
      ...members("field", fields, "effects", name, "fields"),
      ...members("result", results, "effects", name, "results"),
      ...(approval?.roles ?? []).flatMap((role, i) => value("role", role, "effects", name, "approval", "roles", i)),
    ]),
  ];
}

type Tokens = readonly (string | number)[];

function value(kind: string, name: string | undefined, ...tokens: Tokens): readonly Named[] {
  return name === undefined ? [] : [{ kind, name, pointer: formatPointer(tokens), at: "value" }];
}

function members(kind: string, map: object | undefined, ...tokens: Tokens): readonly Named[] {
  return Object.keys(map ?? {}).map((name) => ({ kind, name, pointer: formatPointer([...tokens, name]), at: "key" }));
}

function effects(envelope: Envelope): readonly (readonly [string, Effect])[] {
  return Object.entries(envelope.effects);
}

function entries<T>(map: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(map);
}
