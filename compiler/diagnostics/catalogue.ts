import type { Severity } from "../../schema/diagnostic.ts";
import type { Entry } from "./entry.ts";
import { fires } from "./fires.ts";
import { json } from "./json.ts";
import { key } from "./key.ts";
import { name } from "./name.ts";
import { num } from "./num.ts";
import { ref } from "./ref.ts";
import { sheet } from "./sheet.ts";
import { size } from "./size.ts";
import { time } from "./time.ts";
import { tool } from "./tool.ts";
import { type } from "./type.ts";
import { unit } from "./unit.ts";
import { value } from "./value.ts";

/** Every diagnostic there is, family by family: code → severity, message, help and an example that triggers it. */
const families = {
  ...json,
  ...sheet,
  ...key,
  ...type,
  ...ref,
  ...num,
  ...value,
  ...tool,
  ...time,
  ...fires,
  ...unit,
  ...name,
  ...size,
};

type Families = typeof families;

/** `family/slug`. */
export type DiagnosticCode = keyof Families;

/** What the message of a code is made from. */
export type Params<C extends DiagnosticCode> =
  Parameters<Families[C]["message"]> extends [infer P] ? P : Record<string, never>;

export const catalogue: { readonly [C in DiagnosticCode]: Entry<Params<C>> } = families;

export function severityOf<C extends DiagnosticCode>(code: C, params: Params<C>): Severity {
  const { severity } = catalogue[code];
  return typeof severity === "function" ? severity(params) : severity;
}

/** Whether the text is a code of the catalogue. */
export function isCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(families, text);
}

export const codes: readonly DiagnosticCode[] = Object.keys(families).filter(isCode);
