/** Values of bounds: read in the form of their field, or reported (SPEC §2: decimals, integers, canonical values, globs). */
import { isZone } from "../../schema/time/zones.ts";
import { formatAddress, readAddress } from "../../schema/values/ip.ts";
import { quote } from "../diagnostics/quote.ts";
import type { Form } from "../operands.ts";
import { type Canonical, type Fault, readWritten } from "../written.ts";
import type { RuleContext } from "./rule.ts";

export interface Value {
  readonly value: Canonical;
  readonly under: readonly string[];
}

/** The canonical value; undefined once reported. */
export function checkValue(context: RuleContext, form: Form, written: unknown, pointer: string): Value | undefined {
  // The zone is reported where it is written.
  if (form.is === "datetime" && form.timezone !== "floating" && !isZone(form.timezone)) return undefined;
  const read = readWritten(form, written);
  if (!read.ok) {
    reportFault(context, written, pointer, read.fault);
    return undefined;
  }
  warnOfStar(context, form, written, pointer);
  return { value: read.value, under: read.under ?? [] };
}

/** The canonical number of an amount; undefined once reported. */
export function checkAmount(context: RuleContext, form: Form, written: unknown, pointer: string): number | undefined {
  const value = checkValue(context, form, written, pointer)?.value;
  return typeof value === "number" ? value : undefined;
}

/** The form of a decimal that no field gives a scale: as many digits after the point as are written, at most 15. */
export function freeDecimal(written: unknown): Form {
  const [, fraction = ""] = String(written).split(".");
  return { is: "decimal", scale: Math.min(fraction.length, 15) };
}

/** A JSON value as messages show it: `"MNQ"`, `500`. */
export function shown(written: unknown): string {
  return quote(JSON.stringify(written) ?? "nothing");
}

function warnOfStar({ report }: RuleContext, form: Form, written: unknown, pointer: string): void {
  if (form.is !== "string" || typeof written !== "string" || !written.includes("*")) return;
  report("value/glob_not_supported", pointer, { text: written, what: "a string", literal: true });
}

function reportFault(context: RuleContext, written: unknown, pointer: string, fault: Fault): void {
  const { report } = context;
  const text = typeof written === "number" ? numberText(context, pointer, written) : String(written);
  switch (fault.is) {
    case "type":
      report("type/wrong_type", pointer, {
        expected: fault.expected,
        found: typeof written === "number" ? quote(text) : shown(written),
      });
      break;
    case "numeral":
      break;
    case "glob":
      report("value/glob_not_supported", pointer, { text, what: fault.expected });
      break;
    case "decimal":
      reportDecimal(context, written, text, pointer, fault.canonical);
      break;
    case "digits":
      report("num/too_many_digits", pointer, { text, scale: fault.scale }, put(pointer, fault.canonical));
      break;
    case "range":
      report("num/out_of_range", pointer, { text, limit: fault.limit });
      break;
    case "time":
      report(`time/not_a_${fault.what}`, pointer, { text, expected: fault.expected });
      break;
    case "form": {
      const { expected, canonical } = fault;
      const params = canonical === undefined ? { text, expected } : { text, expected, canonical };
      report("value/not_canonical", pointer, params, isRespelt(text, canonical) ? put(pointer, canonical) : {});
    }
  }
}

/** A JSON number keeps its digits as a string where they are plain. */
function reportDecimal(
  { report }: RuleContext,
  written: unknown,
  text: string,
  pointer: string,
  canonical: string | undefined,
): void {
  const plain = typeof written === "number" && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? text : canonical;
  const found = typeof written === "number" ? `the number ${quote(text)}` : quote(text);
  const meant = plain === undefined ? {} : { meant: JSON.stringify(plain) };
  report("num/not_a_decimal_string", pointer, { found, ...meant }, put(pointer, plain));
}

/** Whether both are the same target: not where a path climbs, or a block of addresses is named by one inside it. */
function isRespelt(text: string, canonical: string | undefined): boolean {
  if (canonical === undefined || text.split("/").includes("..")) return false;
  const address = readAddress(text.replace(/\/\d+$/, ""));
  return typeof address === "string" || canonical.split("/")[0] === formatAddress(address);
}

function put(pointer: string, value: string | undefined) {
  return value === undefined ? {} : { suggestion: [{ op: "replace" as const, path: pointer, value }] };
}

/** A number as it is written. */
export function numberText({ document }: RuleContext, pointer: string, written: number): string {
  const node = document.nodeAt(pointer);
  return node?.kind === "number" ? node.text : String(written);
}
