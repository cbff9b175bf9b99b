/** A decision as OPA's decision log tells it: the members of OPA's event that Ambit can know, under OPA's names. */
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { Verdict } from "../../schema/verdict.ts";
import { versions } from "../../schema/versions.ts";
import type { Mask } from "./mask.ts";

export interface Decided {
  /** The number of the line, from 1. */
  readonly line: number;
  /** Epoch milliseconds of the decision. */
  readonly now: number;
  readonly verdict: Verdict;
}

/** `input` is missing where nothing was judged: a call that could not be decoded. */
export interface DecisionEvent {
  readonly labels: { readonly id: "ambit"; readonly version: string };
  readonly decision_id: string;
  /** The revision is the policy digest. */
  readonly bundles: { readonly ambit: { readonly revision: string } };
  readonly path: "ambit/decision";
  readonly input?: unknown;
  readonly result: { readonly verdict: string; readonly violations: readonly string[] };
  readonly erased?: readonly string[];
  /** RFC 3339; missing where the time of the decision is not in the years 0 to 9999. */
  readonly timestamp?: string;
  readonly req_id: number;
}

/**
 * The id is made of the event itself, as it is written, and not of dice: the same line of the same input gives the same id, and
 * it tells nothing of what is masked.
 */
export function decisionEvent({ line, now, verdict }: Decided, mask: Mask): DecisionEvent {
  const { input, erased } = verdict.request === null ? { input: undefined, erased: [] } : mask(verdict.request);
  const event = {
    labels: { id: "ambit", version: versions.ambit },
    bundles: { ambit: { revision: verdict.policyDigest } },
    path: "ambit/decision",
    ...(input === undefined ? {} : { input }),
    result: { verdict: verdict.verdict, violations: verdict.violations.map(({ id }) => id) },
    ...(erased.length === 0 ? {} : { erased }),
    ...timestampOf(now),
    req_id: line,
  } as const;
  const { labels, ...others } = event;
  return { labels, decision_id: uuidOf(canonicalJson(event)), ...others };
}

/** A UUID of version 8 (RFC 9562 §5.8) out of the SHA-256 of a text. */
function uuidOf(text: string): string {
  const hex = sha256(text).slice("sha256:".length);
  const variant = (0x8 | (Number.parseInt(hex[16] ?? "0", 16) & 0x3)).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

const firstMillisecond = Date.parse("0000-01-01T00:00:00.000Z");
const lastMillisecond = Date.parse("9999-12-31T23:59:59.999Z");

function timestampOf(now: number): { readonly timestamp?: string } {
  return now >= firstMillisecond && now <= lastMillisecond ? { timestamp: new Date(now).toISOString() } : {};
}
