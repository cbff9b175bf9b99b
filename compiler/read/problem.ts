import type { JsonNode } from "../../schema/json/parse.ts";
import type { DiagnosticCode, Params } from "../diagnostics/catalogue.ts";
import { collect, type Finding, type ReportDetails } from "../diagnostics/report.ts";

/** How reading goes on after a problem. */
export type Repair =
  /** A slip: what was meant is clear, and is put in its place so that the rest is read as it was meant. */
  | { readonly do: "rename"; readonly pointer: string; readonly to: string }
  | { readonly do: "replace"; readonly pointer: string; readonly node: JsonNode }
  /** What is there is of no use, and what it is a part of means nothing without it. */
  | { readonly do: "remove"; readonly pointer: string }
  /** What is there is one too many. */
  | { readonly do: "ignore"; readonly pointer: string }
  /** The object at the pointer lacks a member. */
  | { readonly do: "require"; readonly pointer: string; readonly name: string };

/** One complaint of the schema in our words; pointers are those of the tree that was validated. */
export interface Problem {
  readonly finding: Finding;
  readonly repair: Repair;
}

export function problem<C extends DiagnosticCode>(
  code: C,
  pointer: string,
  params: Params<C>,
  repair: Repair,
  details?: ReportDetails,
): Problem {
  const { report, findings } = collect();
  report(code, pointer, params, details);
  return { finding: findings[0]!, repair };
}

export function isSlip({ repair }: Problem): boolean {
  return repair.do === "rename" || repair.do === "replace";
}
