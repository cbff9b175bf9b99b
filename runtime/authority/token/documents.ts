/** What stands in tokens and receipts, and whether a document is one: the closed schemas of `schema/authority.schema.json`. */
import authoritySchema from "../../../schema/authority.schema.json" with { type: "json" };
import type { Settled } from "../../../schema/ledger.ts";
import type { FieldValues } from "../../../schema/request.ts";
import { closedSchema } from "../../closed-schema.ts";

/** The claims of a token (SPEC §8). Times are epoch seconds; digests are `sha256:<hex>`. */
export interface AuthorityClaims {
  /** The gateway. */
  readonly iss: string;
  /** The agent. */
  readonly sub: string;
  /** The executor. */
  readonly aud: string;
  readonly iat: number;
  /** The same as `iat`. */
  readonly nbf: number;
  /** From then on it is not redeemed. */
  readonly exp: number;
  /** base64url of a SHA-256. */
  readonly jti: string;
  /** The envelope. */
  readonly env: string;
  /** The artefacts compiled from it. */
  readonly pol: string;
  /** The proposal. */
  readonly prp: string;
  /** The request that the engines judged. */
  readonly req: string;
  readonly scp: { readonly effect: string; readonly tool: string; readonly fields: FieldValues };
  /** The record of the decision. */
  readonly seq: number;
}

/** What became of a call, and what it cost (SPEC §7). */
export interface Receipt {
  /** Of the token that was redeemed. */
  readonly jti: string;
  readonly outcome: Settled["outcome"];
  /** Actual amounts by the id of the bound; what is left out is charged in full. */
  readonly amounts: Readonly<Record<string, number>>;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** That a session is killed, and what was under way then (SPEC §10). Times are epoch milliseconds. */
export interface KillReceipt {
  readonly session: string;
  readonly envelope: string;
  readonly signal: string;
  readonly killedAt: number;
  /** Of the `killed` record, like its hash. */
  readonly seq: number;
  readonly hash: string;
  /** How many were redeemed and not settled, and the first 1,000 of them: these effects may have happened. */
  readonly inFlightCount: number;
  readonly inFlight: readonly (KilledCall & { readonly consumedAt: number })[];
  /** How many were allowed and not redeemed, and the first 1,000 of them: these never happen. */
  readonly reservedCount: number;
  readonly reserved: readonly (KilledCall & { readonly expiresAt: number })[];
}

interface KilledCall {
  /** Of the `decided` record. */
  readonly seq: number;
  readonly jti: string;
  readonly effect: string;
  readonly proposalHash: string;
}

const schema = closedSchema(authoritySchema);

export function isClaims(value: unknown): value is AuthorityClaims {
  return schema.validator<AuthorityClaims>("/$defs/AuthorityClaims")(value);
}

export function isReceipt(value: unknown): value is Receipt {
  return schema.validator<Receipt>("/$defs/Receipt")(value);
}

export function isKillReceipt(value: unknown): value is KillReceipt {
  return schema.validator<KillReceipt>("/$defs/KillReceipt")(value);
}
