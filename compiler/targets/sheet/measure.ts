/** What the values of a bound are counted in: a unit, or the clocks of a zone. */
import type { Operand } from "../../operands.ts";
import { isTime } from "../../operands.ts";
import { code, type Markdown, md } from "./markdown.ts";

type Scalar = string | number | boolean;

/** A value as the bound writes it, with the unit it is judged in. */
export function amountInWords(value: Scalar, operand: Operand | undefined): Markdown {
  const unit = unitOf(operand);
  return code(unit === undefined ? String(value) : `${value} ${unit}`);
}

/** The least that a call may carry where no `min` is written: 0, which for a time is where 1970 begins (SPEC §2, §14). */
export function impliedLeast(operand: Operand | undefined): Markdown {
  return operand !== undefined && isTime(operand) ? md`the start of 1970 (UTC)` : code("0");
}

/** Behind local times: whose clocks show them; nothing behind anything else. */
export function clocksInWords(operand: Operand | undefined): Markdown {
  return operand?.form.is === "datetime" ? md`, ${zoneInWords(operand.form.timezone)}` : md``;
}

export function zoneInWords(timezone: string): Markdown {
  return timezone === "floating" ? md`local time of no zone` : md`${code(timezone)} time`;
}

/** A name in a list of operands, with what its values are counted in. */
export function operandInWords(name: string, operand: Operand | undefined): Markdown {
  const unit = unitOf(operand);
  const counted = unit === undefined ? md`` : md` in ${code(unit)}`;
  return md`${code(name)}${counted}${clocksInWords(operand)}`;
}

/** Spans and lengths are judged in seconds and code points, whatever unit the field names for its meters. */
function unitOf(operand: Operand | undefined): string | undefined {
  const field = operand?.field;
  if (field?.type === "span") return "seconds";
  if (field?.type === "length" && field.aggregate !== "count") return "characters";
  return operand?.unit;
}
