import type { Decision, EngineAnswer } from "../../../schema/verdict.ts";
import { ownMember } from "../../own.ts";
import { EngineFault } from "../engine.ts";

const decisions: ReadonlySet<unknown> = new Set<Decision>(["allow", "hold", "deny"]);

/** Every allow is this text, to the byte: it need not be parsed. */
const allowText = '[{"result":{"verdict":"allow","violations":[]}}]';

/**
 * Reads the answer of `opa_eval`: `[{"result": {"verdict", "violations"}}]`.
 *
 * @throws EngineFault for anything else: no result, a verdict of no kind, ids that are no text or come twice, an allow with
 * violations or a refusal without
 */
export function parseAnswer(json: string): EngineAnswer {
  if (json === allowText) return { verdict: "allow", violations: [] };
  const results = parse(json);
  if (!Array.isArray(results) || results.length !== 1) throw new EngineFault("the policy gave no result");
  const result = ownMember(results[0], "result");
  const verdict = ownMember(result, "verdict");
  const violations = ownMember(result, "violations");
  if (!isDecision(verdict) || !isIds(violations)) throw new EngineFault("the policy's answer is malformed");
  if ((verdict === "allow") !== (violations.length === 0))
    throw new EngineFault("the policy's answer contradicts itself");
  return { verdict, violations };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new EngineFault("the policy's answer is not JSON", { cause });
  }
}

function isDecision(value: unknown): value is Decision {
  return decisions.has(value);
}

function isIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((id) => typeof id === "string") && new Set(value).size === value.length;
}
