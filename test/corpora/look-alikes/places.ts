/** Where a look-alike may stand: the argument, the field that reads it, and the bound that names the genuine one. */
import type { Allow, Effect, Field } from "../../../schema/envelope.ts";
import { parseEmail } from "../../../schema/values/email.ts";
import { parseHost } from "../../../schema/values/host.ts";
import { parsePath } from "../../../schema/values/path.ts";
import { checkString } from "../../../schema/values/string.ts";
import { parseUrlPath } from "../../../schema/values/url.ts";
import { oneCall } from "../plain-envelope.ts";

export interface Place {
  readonly name: string;
  readonly field: Field;
  /** The bound's value. */
  readonly word: (character: string) => string;
  /** The argument: the word itself, or something below it. */
  readonly argument: (character: string) => string;
  readonly allow: (words: readonly string[]) => Readonly<Record<string, Allow>>;
  /** Whether the word may stand in a bound. */
  readonly canonical: (word: string) => boolean;
}

const oneOf = (words: readonly string[]) => ({ v: { oneOf: [...words] } });
const under = (words: readonly string[]) => ({ v: { under: [...words] } });
const isHost = (word: string) => same(parseHost(word), word);
const domain = (c: string) => `ex${c}mple.com`;

function same(parsed: { ok: true; value: string | { value: string } } | { ok: false }, word: string): boolean {
  return parsed.ok && (typeof parsed.value === "string" ? parsed.value : parsed.value.value) === word;
}

/** Scheme and port open; `also` bounds host or path. */
function site(also: Readonly<Record<string, Allow>>): Readonly<Record<string, Allow>> {
  return {
    "v.scheme": { oneOf: ["https"] },
    "v.host": { under: ["com"] },
    "v.port": { oneOf: [443] },
    "v.path": { under: ["/"] },
    ...also,
  };
}

export const places: readonly Place[] = [
  {
    name: "string",
    field: { type: "string", from: "/v" },
    word: (c) => `pay${c}e`,
    argument: (c) => `pay${c}e`,
    allow: oneOf,
    canonical: (word) => same(checkString(word), word),
  },
  {
    name: "host",
    field: { type: "host", from: "/v" },
    word: domain,
    argument: (c) => `www.${domain(c)}`,
    allow: under,
    canonical: isHost,
  },
  {
    name: "email",
    field: { type: "email", from: "/v" },
    word: (c) => `al${c}ce@example.com`,
    argument: (c) => `al${c}ce@example.com`,
    allow: oneOf,
    canonical: (word) => same(parseEmail(word), word),
  },
  {
    name: "email domain",
    field: { type: "email", from: "/v" },
    word: domain,
    argument: (c) => `bob@${domain(c)}`,
    allow: under,
    canonical: isHost,
  },
  {
    name: "path",
    field: { type: "path", from: "/v" },
    word: (c) => `/srv/d${c}ta`,
    argument: (c) => `/srv/d${c}ta/file`,
    allow: under,
    canonical: (word) => same(parsePath(word), word),
  },
  {
    name: "url host",
    field: { type: "url", from: "/v" },
    word: domain,
    argument: (c) => `https://www.${domain(c)}/a`,
    allow: (words) => site({ "v.host": { under: [...words] } }),
    canonical: isHost,
  },
  {
    name: "url path",
    field: { type: "url", from: "/v" },
    word: (c) => `/d${c}ta`,
    argument: (c) => `https://example.com/d${c}ta/file`,
    allow: (words) => site({ "v.path": { under: [...words] } }),
    canonical: (word) => same(parseUrlPath(word), word),
  },
];

export function effectOf(
  { name, field, word, allow, canonical }: Place,
  genuine: readonly string[],
): Effect | undefined {
  const words = [...new Set(genuine.map(word).filter((text) => canonical(text) && !text.includes("*")))];
  if (words.length === 0) return undefined;
  return { ...oneCall, tools: [name], fields: { v: field }, allow: { ...allow(words) } };
}
