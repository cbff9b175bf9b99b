/** What somebody who watches the world signs: that he has seen it, and what he has measured (SPEC §10). */
import authoritySchema from "../../schema/authority.schema.json" with { type: "json" };
import type { MetricValue } from "../../schema/ledger.ts";
import { closedSchema } from "../closed-schema.ts";
import { signCompact, verifyCompact } from "./jws/compact.ts";
import type { KeyRing } from "./key-ring.ts";
import type { Signer } from "./keys.ts";

export const feedType = "ambit-feed+jwt";

export interface FeedReport {
  /** Of the evidence, or of the feed. */
  readonly name: string;
  /** When it was seen, in epoch milliseconds: each report of a feed is later than the one before. */
  readonly at: number;
  /** Where it is written, the report is for sessions of this envelope only: `sha256:<hex>`. */
  readonly envelope?: string;
  /** Where it is written, the report is for this session only. */
  readonly session?: string;
  readonly metrics?: readonly MetricValue[];
}

export type FeedDenial =
  | "FEED_MALFORMED"
  | "FEED_TYPE"
  | "FEED_ALGORITHM"
  | "FEED_KEY"
  | "FEED_SIGNATURE"
  /** Signed as it must be, and no report. */
  | "FEED_UNREADABLE"
  | "FEED_ENVELOPE"
  | "FEED_SESSION";

export type VerifiedFeed =
  | { readonly ok: true; readonly report: FeedReport; readonly kid: string }
  /** `message` is one sentence. */
  | { readonly ok: false; readonly code: FeedDenial; readonly message: string };

const schema = closedSchema(authoritySchema);

function isReport(value: unknown): value is FeedReport {
  return schema.validator<FeedReport>("/$defs/FeedReport")(value);
}

/** @throws Error for what is no report; what the feed's signer rejects with */
export async function signFeed(signer: Signer, report: FeedReport): Promise<string> {
  if (!isReport(report)) throw new Error("the document is no report of a feed");
  return signCompact(signer, feedType, report);
}

/**
 * Never rejects, whatever comes in. That a report is later than the one before is the ledger's concern.
 *
 * @param keys those of the feeds, and of nobody else
 * @param expected whose report it is to be
 */
export async function verifyFeed(
  jws: unknown,
  keys: KeyRing,
  expected: { readonly envelope: string; readonly session: string },
): Promise<VerifiedFeed> {
  const verified = await verifyCompact(jws, keys, feedType);
  if (!verified.ok) return deny(codes[verified.code], verified.message);
  const { document: report, kid } = verified;
  if (!isReport(report)) return deny("FEED_UNREADABLE", "what the feed has signed is no report");
  const { envelope = expected.envelope, session = expected.session } = report;
  if (envelope !== expected.envelope) return deny("FEED_ENVELOPE", "the report is for another envelope");
  if (session !== expected.session) return deny("FEED_SESSION", "the report is for another session");
  return { ok: true, report, kid };
}

const codes = {
  JWS_MALFORMED: "FEED_MALFORMED",
  JWS_TYPE: "FEED_TYPE",
  JWS_ALGORITHM: "FEED_ALGORITHM",
  JWS_KEY: "FEED_KEY",
  JWS_SIGNATURE: "FEED_SIGNATURE",
} as const;

function deny(code: FeedDenial, message: string): VerifiedFeed {
  return { ok: false, code, message };
}
