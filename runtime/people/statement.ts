/** What one person signed for one envelope, verified: common to approvals and orders (SPEC §9). */
import { showText } from "../../schema/json/show.ts";
import { type VerifiedDetached, verifyDetached } from "../authority/jws/detached.ts";
import { typOf } from "../authority/jws/typ.ts";
import { readSigned, type SignedDocument } from "./document.ts";
import { countsAt, type People, type PersonKey } from "./registry.ts";

export type StatementKind = "approval" | "order";

export type StatementProblem =
  /** Not in the one form that is taken. */
  | "MALFORMED"
  /** Not the one signature of the key that it names, for this purpose. */
  | "SIGNATURE"
  /** The registry does not have the key, or it does not count: not yet, or not any more. */
  | "KEY"
  /** The registry does not give the person such a role. */
  | "ROLE"
  | "ENVELOPE"
  | "SESSION"
  | "NOT_YET_VALID"
  | "EXPIRED";

export interface StatementContext {
  /** `sha256:<hex>` */
  readonly envelope: string;
  /** Undefined before there is one: a statement for some session is refused then. */
  readonly session: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether `now` is when the statement was recorded, long ago perhaps: a key that was revoked since counted then. */
  readonly isPast?: boolean;
}

export interface RefusedStatement {
  readonly ok: false;
  readonly problem: StatementProblem;
  /** One sentence. */
  readonly message: string;
}

export type VerifiedStatement<K extends StatementKind> =
  | { readonly ok: true; readonly signed: SignedDocument<K>; readonly signer: PersonKey }
  | RefusedStatement;

/** Never rejects. */
export async function verifyStatement<K extends StatementKind>(
  kind: K,
  text: string,
  people: People,
  context: StatementContext,
): Promise<VerifiedStatement<K>> {
  const read = readSigned(kind, text);
  if (!read.ok) return refuse("MALFORMED", `the ${kind} ${read.reason}`);
  const { signed } = read;
  const verified = await verifyDetached(signed.jws, people.ring, typOf[kind], signed.payload);
  if (!verified.ok) return refuse(problems[verified.code], `the ${kind} is refused: ${verified.message}`);
  const [kid, ...others] = verified.kids;
  const signer = kid === undefined ? undefined : people.find(kid);
  if (signer === undefined || others.length > 0)
    return refuse("SIGNATURE", `an ${kind} is one person's: it has exactly one signature`);
  return refusalOf(kind, signed.document, signer, context) ?? { ok: true, signed, signer };
}

type Refused = Exclude<VerifiedDetached, { readonly ok: true }>;

const problems: Readonly<Record<Refused["code"], StatementProblem>> = {
  JWS_MALFORMED: "MALFORMED",
  JWS_TYPE: "SIGNATURE",
  JWS_ALGORITHM: "SIGNATURE",
  JWS_SIGNATURE: "SIGNATURE",
  JWS_KEY: "KEY",
  JWS_REPEATED: "SIGNATURE",
};

interface Statement {
  readonly envelope: string;
  readonly session?: string;
  readonly roles: readonly string[];
  readonly iat: number;
  readonly exp: number;
}

function refusalOf(
  kind: StatementKind,
  { roles, envelope, session, iat, exp }: Statement,
  signer: PersonKey,
  { now, isPast = false, ...context }: StatementContext,
): RefusedStatement | undefined {
  const who = `\`${showText(signer.person)}\``;
  const foreign = roles.find((role) => !signer.roles.includes(role));
  if (foreign !== undefined) return refuse("ROLE", `the registry does not give ${who} the role \`${foreign}\``);
  if (envelope !== context.envelope) return refuse("ENVELOPE", `the ${kind} of ${who} is for another envelope`);
  if (session !== undefined && session !== context.session)
    return refuse("SESSION", `the ${kind} of ${who} is for another session`);
  if (iat >= exp) return refuse("MALFORMED", `the ${kind} of ${who} ends before it begins`);
  if (now < iat * 1000) return refuse("NOT_YET_VALID", `the ${kind} of ${who} was signed in the future`);
  if (now >= exp * 1000) return refuse("EXPIRED", `the ${kind} of ${who} has expired`);
  const counts = countsThroughout(iat * 1000, exp * 1000, signer, now, isPast);
  const message = `the key \`${showText(signer.kid)}\` of ${who} does not count all the while that the ${kind} does`;
  return counts ? undefined : refuse("KEY", message);
}

/** The key counts when it signed and now, and is not to be revoked before the statement ends: nobody looks at it again later. */
function countsThroughout(from: number, until: number, signer: PersonKey, now: number, isPast: boolean): boolean {
  const { revokedAt } = signer;
  const outlasts = isPast || revokedAt === undefined || until <= revokedAt;
  return countsAt(signer, from) && countsAt(signer, now) && outlasts;
}

function refuse(problem: StatementProblem, message: string): RefusedStatement {
  return { ok: false, problem, message };
}
