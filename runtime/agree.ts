/** From the engines' answers to one: all of them, well-formed and equal, or a fault. Never a fallback to one engine (SPEC §5). */
import { boundKindOf } from "../schema/bounds.ts";
import type { HostileRequest } from "../schema/request.ts";
import type { Decision, EngineAnswer, EngineName } from "../schema/verdict.ts";
import { type Fault, type Outcome, reasonOf } from "./fault.ts";
import { ownMember } from "./own.ts";
import { inTableOrder } from "./table-order.ts";

export interface Judge {
  readonly name: EngineName;
  /** An answer is only believed once it has been read by `parseAnswer`. */
  readonly judge: (request: HostileRequest) => unknown;
  /** Has whatever gave the last answer thrown away. */
  readonly renew: () => unknown;
}

export type Agreement =
  | { readonly agreed: true; readonly answer: EngineAnswer }
  | { readonly agreed: false; readonly fault: Fault };

/**
 * Asks one engine; total.
 *
 * @param isBound whether a bound of this id is one that the request is judged by
 */
export function ask({ name, judge }: Judge, request: HostileRequest, isBound: (id: string) => boolean): Outcome {
  try {
    const answer = parseAnswer(judge(request), isBound);
    if (answer !== undefined) return { engine: name, ok: true, answer };
    return { engine: name, ok: false, reason: "its answer is malformed" };
  } catch (cause) {
    return { engine: name, ok: false, reason: reasonOf(cause), cause };
  }
}

export function agree(outcomes: readonly Outcome[]): Agreement {
  const failed = outcomes.filter((outcome) => !outcome.ok);
  if (failed.length > 0) {
    const message = failed.map(({ engine, reason }) => `engine ${engine} failed: ${reason}`).join("; ");
    return { agreed: false, fault: { code: "ENGINE_FAILURE", message, cause: failed[0]!.cause } };
  }
  const [first, ...others] = outcomes.filter((outcome) => outcome.ok);
  if (first === undefined) return { agreed: false, fault: { code: "ENGINE_FAILURE", message: "no engine answered" } };
  const other = others.find(({ answer }) => !sameAnswer(answer, first.answer));
  if (other === undefined) return { agreed: true, answer: first.answer };
  const message = `engines disagree: ${saying(first)}, ${saying(other)}`;
  return { agreed: false, fault: { code: "ENGINE_DISAGREEMENT", message } };
}

/** The verdict that a set of violated bounds adds up to (SPEC §3). */
export function decisionOf(ids: readonly string[]): Decision {
  if (ids.length === 0) return "allow";
  return ids.every((id) => boundKindOf(id)?.verdict === "hold") ? "hold" : "deny";
}

/**
 * Throws away what gave an answer that was not believed: the engines that failed, or all of them where they disagree, since
 * nobody can tell which of them is wrong. Total.
 */
export function renewDistrusted(judges: readonly Judge[], outcomes: readonly Outcome[]): void {
  const disagree = outcomes.every(({ ok }) => ok);
  for (const [index, { renew }] of judges.entries()) {
    if (!disagree && outcomes[index]?.ok === true) continue;
    try {
      renew();
    } catch {
      // The verdict is deny already, and an engine that cannot start anew will fail again.
    }
  }
}

/** An answer is well-formed if it names bounds of the request only, each once, and its verdict is the one they add up to. */
function parseAnswer(answer: unknown, isBound: (id: string) => boolean): EngineAnswer | undefined {
  const ids = ownMember(answer, "violations");
  if (!Array.isArray(ids)) return undefined;
  const violations = Array.from(ids, (id: unknown) => (typeof id === "string" && isBound(id) ? id : undefined));
  const known = violations.filter((id) => id !== undefined);
  const verdict = decisionOf(known);
  const isWhole = known.length === violations.length && new Set(known).size === known.length;
  return isWhole && ownMember(answer, "verdict") === verdict
    ? { verdict, violations: known.sort(inTableOrder) }
    : undefined;
}

function sameAnswer(a: EngineAnswer, b: EngineAnswer): boolean {
  return (
    a.verdict === b.verdict &&
    a.violations.length === b.violations.length &&
    a.violations.every((id, index) => id === b.violations[index])
  );
}

function saying({ engine, answer }: { engine: EngineName; answer: EngineAnswer }): string {
  const ids = answer.violations.length === 0 ? "" : ` (${answer.violations.join(", ")})`;
  return `${engine} says ${answer.verdict}${ids}`;
}
