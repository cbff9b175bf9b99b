/** Small changes at any place of a document: most make it wider or narrower somewhere, many break it. */
import { isRecord, type Json } from "./json.ts";

export interface Change {
  /** Which place, and what to do there. */
  readonly at: number;
  readonly how: number;
}

/** The document with one place changed. */
export function mutate(document: Json, { at, how }: Change): Json {
  const places = placesOf(document);
  const path = places[at % places.length] ?? [];
  return changeAt(document, path, (value) => changed(value, path, how, document));
}

type Path = readonly (string | number)[];

/** What is judged: nothing of the narrative. */
function placesOf(value: Json, path: Path = []): readonly Path[] {
  const skipped = ["ambit", "id", "goal", "issuer", "killSwitch", "recovery", "type"];
  if (Array.isArray(value)) return [path, ...value.flatMap((each, i) => placesOf(each, [...path, i]))];
  if (!isRecord(value)) return [path];
  const below = Object.entries(value)
    .filter(([name]) => !skipped.includes(name))
    .flatMap(([name, each]) => placesOf(each, [...path, name]));
  return path.length === 0 ? below : [path, ...below];
}

function changeAt(value: Json, [step, ...rest]: Path, change: (value: Json) => Json | undefined): Json {
  if (step === undefined) return change(value) ?? value;
  if (Array.isArray(value)) {
    const index = Number(step);
    const made = rest.length === 0 ? change(value[index] ?? null) : changeAt(value[index] ?? null, rest, change);
    return made === undefined ? value.toSpliced(index, 1) : value.with(index, made);
  }
  if (!isRecord(value)) return value;
  const name = String(step);
  const made = rest.length === 0 ? change(value[name] ?? null) : changeAt(value[name] ?? null, rest, change);
  const others = Object.entries(value).filter(([other]) => other !== name);
  return Object.fromEntries(made === undefined ? others : [...others, [name, made]]);
}

/** Undefined: left out. */
function changed(value: Json, path: Path, how: number, document: Json): Json | undefined {
  if (how % 5 === 0) return undefined;
  if (typeof value === "number")
    return [value + 1, Math.max(0, value - 1), 0, Math.floor(value / 2), value * 2][how % 5];
  if (typeof value === "boolean") return !value;
  if (typeof value === "string") return changedText(value, path, how, document);
  if (Array.isArray(value)) return changedList(value, how);
  if (isRecord(value)) return withMember(value, path, how);
  return value;
}

function changedText(value: string, path: Path, how: number, document: Json): string {
  const decimal = /^-?\d+\.(\d+)$/.exec(value)?.[1];
  if (decimal !== undefined) {
    const minor = Math.round(Number(value) * 10 ** decimal.length) + (how % 2 === 0 ? 1 : -1);
    return (minor / 10 ** decimal.length).toFixed(decimal.length);
  }
  if (/^\d\d:\d\d$/.test(value)) return how % 2 === 0 ? "08:00" : "17:00";
  if (/^\d{4}-\d\d-\d\dT.*(Z|:00)$/.test(value))
    return new Date(Date.parse(value) + (how % 2 === 0 ? 1000 : -1000)).toISOString();
  const words = wordsOf(
    document,
    path.findLast((step) => typeof step === "string"),
  );
  return words[how % words.length] ?? value;
}

/** Those that stand in places of the same name, and some that fit in several. */
function wordsOf(value: Json, name: unknown, within = false): readonly string[] {
  const common = [
    "execute",
    "propose",
    "base",
    "window",
    "UTC",
    "Europe/Berlin",
    "mon",
    "tue",
    "required",
    "none",
    "hour",
    "day",
    "month",
    "halt",
    "freeze",
    "==",
    "<",
    "<=",
    "!=",
    "/comment",
    "/notes",
    "e0",
    "e1",
  ];
  if (!within) return [...common, ...wordsOf(value, name, true)];
  if (Array.isArray(value)) return value.flatMap((each) => wordsOf(each, name, true));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const found = wordsOf(each, name, true);
    if (key !== name) return found;
    return [...found, ...[each].flat().filter((word) => typeof word === "string")];
  });
}

function changedList(list: readonly Json[], how: number): readonly Json[] {
  if (how % 3 === 0 && list.length > 0) return list.toSpliced(how % list.length, 1);
  if (how % 3 === 1 && list.length > 0) return [...list, list[how % list.length] ?? null];
  return list.toReversed();
}

const schedule = { timezone: "UTC", windows: [{ days: ["thu"], from: "00:00", until: "24:00" }] };

/** Members of an effect that it may not have yet. */
const members: readonly (readonly [string, Json])[] = [
  ["justification", "required"],
  ["schedule", schedule],
  ["schedule", { ...schedule, except: ["2024-12-25"] }],
  ["approval", { keys: 2, roles: ["risk"] }],
  ["after", [{ effect: "e0", withinSeconds: 3600 }]],
  ["absent", ["/override", "/other"]],
  ["ignored", ["/comment", "/notes"]],
  ["velocity", [{ max: 2, seconds: 60 }]],
  [
    "velocity",
    [
      { max: 4, seconds: 120 },
      { max: 100, seconds: 3600 },
    ],
  ],
  ["channel", "propose"],
  ["external", false],
  ["tags", ["moves_funds"]],
  ["requires", []],
];

/** Members of a limit, a field or an operator. */
const details: readonly (readonly [string, Json])[] = [
  ["perPeriod", "day"],
  ["perPeriod", "month"],
  ["perField", "f0"],
  ["min", 1],
  ["minItems", 2],
  ["maxItems", 3],
  ["noneOf", ["x"]],
  ["unique", true],
  ["limit", 3],
  ["maxLength", 3],
  ["allowString", true],
  ["except", ["2024-02-15"]],
  ["effects", ["e0"]],
];

function withMember(value: { readonly [name: string]: Json }, path: Path, how: number): Json {
  const list = path.length === 2 && path[0] === "effects" ? members : details;
  const [name, member] = list[how % list.length] ?? ["", null];
  return { ...value, [name]: member };
}
