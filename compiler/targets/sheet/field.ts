/** How a field is decoded, in words: everything that decides what is refused, and what is not looked at. */
import type { Aggregate, Effect, Field, SetField, UrlField } from "../../../schema/envelope.ts";
import { limitOf } from "../../order/decoding/set-limit.ts";
import { code, join, type Markdown, md } from "./markdown.ts";
import { zoneInWords } from "./measure.ts";

const aggregates: Readonly<Record<Aggregate, Markdown>> = {
  sum: md`the sum`,
  max: md`the largest`,
  min: md`the smallest`,
  count: md`how many`,
  each: md`each of them`,
};

/** One field of an effect. */
export function fieldInWords(name: string, field: Field, effect: Effect): Markdown {
  const limit = field.type === "set" ? [md`at most ${limitOf(effect, name)} elements`] : [];
  return describe(name, field, limit);
}

/** One field of a settled result: of a result nothing is judged, so that it has no limits of its own. */
export function resultInWords(name: string, field: Field): Markdown {
  return describe(name, field, []);
}

function describe(name: string, field: Field, limit: readonly Markdown[]): Markdown {
  const details = [...limit, ...decoding(field), ...unit(field), ...fallback(field)];
  return join([md`${code(name)}: ${kind(field)}${source(field)}`, ...details]);
}

function kind(field: Field): Markdown {
  return field.type === "set" ? md`${code("set")} of ${code(field.of)}` : code(field.type);
}

function source(field: Field): Markdown {
  if (field.type === "product") return md` of ${join(field.of.map(code), " × ")}`;
  if (field.type === "span") return md` from ${code(field.from)} until ${code(field.until)}, in seconds`;
  const aggregate =
    "aggregate" in field && field.aggregate !== undefined ? md` (${aggregates[field.aggregate]})` : md``;
  return md` from ${code(field.from)}${aggregate}`;
}

function decoding(field: Field): readonly Markdown[] {
  switch (field.type) {
    case "integer":
      return field.allowString === true ? [md`also written as a string`] : [];
    case "decimal":
    case "product":
      return [md`at most ${field.scale} digits after the point`];
    case "string":
      return text(field.maxLength, field.multiline);
    case "set":
      return [...(field.base === undefined ? [] : [relativeTo(field.base)]), duplicates(field)];
    case "url":
      return urlParts(field);
    case "path":
      return [field.base === undefined ? md`absolute` : relativeTo(field.base)];
    case "timestamp":
      return [md`RFC 3339 with an offset`];
    case "date":
      return [writtenAs(field.format ?? "YYYY-MM-DD")];
    case "datetime":
    case "span":
      return [writtenAs(field.format), zoneInWords(field.timezone)];
    case "length":
      return [md`in characters (code points)`];
    default:
      return [];
  }
}

function text(maxLength: number | undefined, multiline: boolean | undefined): readonly Markdown[] {
  return [
    ...(maxLength === undefined ? [] : [md`at most ${maxLength} characters`]),
    ...(multiline === true ? [md`with line breaks and tabs`] : []),
  ];
}

function relativeTo(base: string): Markdown {
  return md`absolute, or relative to ${code(base)}`;
}

function duplicates({ unique }: SetField): Markdown {
  return unique === true ? md`duplicates are refused` : md`duplicates count once`;
}

/** What is refused is said too: the other reading is what a signer would have to look for. */
function urlParts({ allowIp, query, fragment }: UrlField): readonly Markdown[] {
  return [
    allowIp === true ? md`an IP address may be its host` : md`no IP address as host`,
    query === "ignored" ? md`**its query is not judged**` : md`without a query`,
    fragment === "ignored" ? md`**its fragment is not judged**` : md`without a fragment`,
  ];
}

function writtenAs(formats: string | readonly string[]): Markdown {
  return md`written as ${join([formats].flat().map(code), " or ")}`;
}

function unit(field: Field): readonly Markdown[] {
  return "unit" in field && field.unit !== undefined ? [md`unit ${code(field.unit)}`] : [];
}

/** Only an optional argument may be absent; what stands for it is executed too. */
function fallback(field: Field): readonly Markdown[] {
  if (!("optional" in field) || field.optional !== true || field.default === undefined) return [];
  return [md`where absent or null, ${code(JSON.stringify(field.default))} is judged and executed`];
}
