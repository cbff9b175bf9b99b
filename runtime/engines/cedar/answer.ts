/** Cedar's answers, believed only in the exact form that they are expected in. */
import { EngineFault } from "../engine.ts";

export interface CedarAnswer {
  readonly decision: "allow" | "deny";
  /** The ids of the policies that determined the decision, in no particular order. */
  readonly reason: readonly string[];
}

/** @throws EngineFault for a failure, an error in a policy, a warning, or anything that is no answer */
export function parseAnswer(text: unknown): CedarAnswer {
  const answer = parseSuccess(text, "judge the request");
  const response = member(answer, "response");
  const decision = member(response, "decision");
  const diagnostics = member(response, "diagnostics");
  const reason = member(diagnostics, "reason");
  const isWhole =
    (decision === "allow" || decision === "deny") &&
    isTexts(reason) &&
    isEmptyList(member(diagnostics, "errors")) &&
    isEmptyList(member(answer, "warnings"));
  if (!isWhole) throw new EngineFault(`Cedar's answer cannot be trusted: ${brief(text)}`);
  return { decision, reason };
}

/** @throws EngineFault unless the answer is a success; `task` is what Cedar was asked to do */
export function parseSuccess(text: unknown, task: string): unknown {
  const answer = parseText(text);
  if (member(answer, "type") !== "success") throw new EngineFault(`Cedar did not ${task}: ${brief(text)}`);
  return answer;
}

function parseText(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

export function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === "string");
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function brief(text: unknown): string {
  return typeof text === "string" ? text.slice(0, 300) : "no text";
}
