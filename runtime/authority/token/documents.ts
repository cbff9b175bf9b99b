/** What stands in tokens and receipts, and whether a document is one: the closed schemas of `schema/authority.schema.json`. */
import { Ajv2020 } from "ajv/dist/2020.js";
import authoritySchema from "../../../schema/authority.schema.json" with { type: "json" };
import type { Settled } from "../../../schema/ledger.ts";
import type { FieldValues } from "../../../schema/request.ts";

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

const ajv = new Ajv2020({ strict: true, ownProperties: true, allowUnionTypes: true });
ajv.addSchema(authoritySchema);
const validateClaims = ajv.compile<AuthorityClaims>({ $ref: `${authoritySchema.$id}#/$defs/AuthorityClaims` });
const validateReceipt = ajv.compile<Receipt>({ $ref: `${authoritySchema.$id}#/$defs/Receipt` });

export function isClaims(value: unknown): value is AuthorityClaims {
  return validateClaims(value);
}

export function isReceipt(value: unknown): value is Receipt {
  return validateReceipt(value);
}
