// Generated from people.schema.json by `npm run generate`. Do not edit.

/**
 * The key's name, unique in the registry.
 */
export type Printable = string;
/**
 * Whose key it is. Two keys of one person are one person.
 */
export type Printable1 = string;
/**
 * A letter, then letters, digits or underscores; 64 at most.
 */
export type Name = string;
/**
 * Those in which the person may decide.
 *
 * @minItems 1
 */
export type Roles = Name[];
/**
 * The digest of the envelope.
 */
export type PrefixedDigest = string;
/**
 * Of the proposal for which the bound is lifted.
 */
export type PrefixedDigest1 = string;
/**
 * Those in which the person decides; the registry must give them to the key.
 *
 * @minItems 1
 */
export type Roles1 = Name[];
/**
 * When it was signed.
 */
export type EpochSeconds = number;
/**
 * From then on it does not count.
 */
export type EpochSeconds1 = number;
/**
 * The digest of the envelope.
 */
export type PrefixedDigest2 = string;
/**
 * Those in which the person orders it; the registry must give them to the key.
 *
 * @minItems 1
 */
export type Roles2 = Name[];
/**
 * When it was signed.
 */
export type EpochSeconds2 = number;
/**
 * From then on it does not count.
 */
export type EpochSeconds3 = number;

/**
 * What people sign besides envelopes: by kind, the document that stands beside its signatures.
 */
export interface PeopleDocuments {
  registry: PeopleRegistry;
  approval: ApprovalPayload;
  order: OrderPayload;
}
/**
 * Whose keys count, in which roles, and how long.
 */
export interface PeopleRegistry {
  /**
   * @minItems 1
   */
  keys: RegisteredKey[];
}
export interface RegisteredKey {
  kid: Printable;
  jwk: PublicJwk;
  person: Printable1;
  roles: Roles;
  /**
   * RFC 3339 with an offset: the key counts from then on.
   */
  from: string;
  /**
   * RFC 3339 with an offset: from then on the key does not count, whenever it signed.
   */
  revokedAt?: string;
}
/**
 * A public Ed25519 key (RFC 8037).
 */
export interface PublicJwk {
  kty: "OKP";
  crv: "Ed25519";
  /**
   * 32 bytes in base64url.
   */
  x: string;
  /**
   * Where it is written, that of the entry.
   */
  kid?: string;
  alg?: string;
  use?: "sig";
}
/**
 * A person's decision, either on one bound of one proposal (`bound`, `proposalHash`) or on a transition (`transition`).
 */
export interface ApprovalPayload {
  envelope: PrefixedDigest;
  /**
   * Where it is written, the approval is for this session only.
   */
  session?: string;
  /**
   * The id of the bound that is lifted.
   */
  bound?: string;
  proposalHash?: PrefixedDigest1;
  transition?: "activate" | "grant_flag" | "create_agent" | "open_oracle" | "resume";
  decision: "approve" | "refuse";
  roles: Roles1;
  iat: EpochSeconds;
  exp: EpochSeconds1;
}
/**
 * What a person orders for one session: that it is killed, closed, or frozen for what is the reason.
 */
export interface OrderPayload {
  order: "kill" | "close" | "freeze";
  envelope: PrefixedDigest2;
  /**
   * The order is for this session only.
   */
  session: string;
  /**
   * For those who read the ledger; never evaluated.
   */
  reason: string;
  roles: Roles2;
  iat: EpochSeconds2;
  exp: EpochSeconds3;
}
