/** Attacks on tokens: none, forged, tampered with, replayed, too old, for somebody else (the governance paper's invariants 1 and 2). */
import { base64url } from "jose";
import { readSigner, type Signer } from "../../../runtime/authority/keys.ts";
import { type AuthorityClaims, isClaims } from "../../../runtime/authority/token/documents.ts";
import { signToken } from "../../../runtime/authority/token/sign.ts";
import { parseJson, toValue } from "../../../schema/json/parse.ts";
import { openScratch } from "../scratch.ts";
import { allow } from "../specimen/allowed.ts";
import { generateJwk } from "../stranger.ts";
import { type Attack, type Ending, present, type Site } from "./attack.ts";

const withToken = (what: string, codes: readonly string[], change: (site: Site) => unknown): Attack => ({
  what,
  codes,
  run: async (site) => present(site.scratch, await change(site), site.specimen.proposal),
});

export const withoutToken: readonly Attack[] = [
  withToken("no token", ["TOKEN_MALFORMED"], () => undefined),
  withToken("an empty token", ["TOKEN_MALFORMED"], () => ""),
  withToken("a token that is an object", ["TOKEN_MALFORMED"], () => ({ verdict: "allow" })),
  withToken("a token that is no JWS", ["TOKEN_MALFORMED"], () => "allow.allow.allow"),
  withToken("half a token", ["TOKEN_MALFORMED"], ({ allowed }) => allowed.token.slice(0, allowed.token.length / 2)),
];

export const forged: readonly Attack[] = [
  withToken("a token signed by a stranger in the gateway's name", ["TOKEN_SIGNATURE"], async ({ scratch, allowed }) =>
    signToken({ ...(await stranger()), kid: scratch.bench.signer.kid }, claimsOf(allowed.token)),
  ),
  withToken("a token signed by a stranger", ["TOKEN_KEY"], async ({ allowed }) =>
    signToken(await stranger(), claimsOf(allowed.token)),
  ),
  withToken("a token without a signature", ["TOKEN_ALGORITHM"], ({ allowed }) =>
    altered(allowed.token, 0, { alg: "none" }),
  ),
  withToken("the public key as a shared secret", ["TOKEN_ALGORITHM"], ({ allowed }) =>
    altered(allowed.token, 0, { alg: "HS256" }),
  ),
  withToken("a signature for another purpose", ["TOKEN_TYPE"], ({ allowed }) =>
    altered(allowed.token, 0, { typ: "ambit-receipt+jwt" }),
  ),
  withToken("a key that the token brings along", ["TOKEN_MALFORMED"], ({ allowed }) =>
    altered(allowed.token, 0, { jwk: {} }),
  ),
];

export const tampered: readonly Attack[] = [
  withToken("an expiry put off", ["TOKEN_SIGNATURE"], ({ allowed }) =>
    altered(allowed.token, 1, { exp: claimsOf(allowed.token).exp + 60 }),
  ),
  withToken("a scope widened", ["TOKEN_SIGNATURE"], ({ allowed }) =>
    altered(allowed.token, 1, { scp: { ...claimsOf(allowed.token).scp, tool: "any" } }),
  ),
  withToken("another proposal written into the token", ["TOKEN_SIGNATURE"], ({ allowed }) =>
    altered(allowed.token, 1, { prp: `sha256:${"0".repeat(64)}` }),
  ),
  withToken("another verdict written into the token", ["TOKEN_SIGNATURE"], ({ allowed }) =>
    altered(allowed.token, 1, { seq: claimsOf(allowed.token).seq + 1 }),
  ),
  withToken("a token of the gateway for another executor", ["TOKEN_AUDIENCE"], ({ scratch, allowed }) =>
    signToken(scratch.bench.signer, { ...claimsOf(allowed.token), aud: `${scratch.bench.audience}.other` }),
  ),
  withToken("a token in another gateway's name", ["TOKEN_ISSUER"], ({ scratch, allowed }) =>
    signToken(scratch.bench.signer, { ...claimsOf(allowed.token), iss: `${scratch.bench.issuer}.other` }),
  ),
  withToken("a token of another envelope", ["ENVELOPE_MISMATCH"], ({ scratch, allowed }) =>
    signToken(scratch.bench.signer, { ...claimsOf(allowed.token), env: `sha256:${"0".repeat(64)}` }),
  ),
  withToken("a token of another policy", ["POLICY_CHANGED"], ({ scratch, allowed }) =>
    signToken(scratch.bench.signer, { ...claimsOf(allowed.token), pol: `sha256:${"0".repeat(64)}` }),
  ),
];

export const replayed: readonly Attack[] = [
  {
    what: "a token used twice",
    codes: ["RESERVATION_MISSING"],
    run: async ({ scratch, specimen, allowed }) => {
      const first = await present(scratch, allowed.token, specimen.proposal);
      const again = await present(scratch, allowed.token, specimen.proposal);
      return first.isDenied ? first : { ...again, rightful: 1 };
    },
  },
  {
    what: "a token used again through another process",
    codes: ["RESERVATION_MISSING"],
    run: async ({ scratch, specimen, allowed }) => {
      const first = await present(scratch, allowed.token, specimen.proposal);
      const other = scratch.guardOf(await scratch.reopen());
      const again = await present(scratch, allowed.token, specimen.proposal, other);
      return first.isDenied ? first : { ...again, rightful: 1 };
    },
  },
  {
    what: "a token for another proposal",
    codes: ["PROPOSAL_MISMATCH"],
    run: ({ scratch, specimen, allowed }) => {
      const other = JSON.stringify({ ...JSON.parse(specimen.proposal), id: "another" });
      return present(scratch, allowed.token, other);
    },
  },
  {
    what: "a token for the call of another effect",
    codes: ["PROPOSAL_MISMATCH"],
    run: async ({ scratch, specimen, specimens, allowed }) => {
      const other = [...specimens.values()].find(({ effect }) => effect !== specimen.effect);
      return other === undefined ? undefined : present(scratch, allowed.token, other.proposal);
    },
  },
  { what: "a token in another session", codes: ["RESERVATION_MISSING"], run: elsewhere },
];

async function elsewhere({ scratch, specimen, specimens, allowed }: Site): Promise<Ending | undefined> {
  const other = await openScratch(scratch.bench, specimen.at - 1);
  other.time.now = specimen.at;
  const own = await allow(other, specimen, specimens);
  return own.ok ? present(other, allowed.token, specimen.proposal) : undefined;
}

export const tooOld: readonly Attack[] = [
  {
    what: "a token as it expires",
    codes: ["TOKEN_EXPIRED"],
    run: ({ scratch, specimen, allowed }) => {
      scratch.time.now = claimsOf(allowed.token).exp * 1000;
      return present(scratch, allowed.token, specimen.proposal);
    },
  },
  {
    what: "a token before its time",
    codes: ["TOKEN_NOT_YET_VALID"],
    run: ({ scratch, specimen, allowed }) => {
      const early = claimsOf(allowed.token).nbf * 1000 - 1;
      return present(
        scratch,
        allowed.token,
        specimen.proposal,
        scratch.guardOf(scratch.session, { clock: () => early }),
      );
    },
  },
];

async function stranger(): Promise<Signer> {
  const read = await readSigner(JSON.stringify(generateJwk("stranger")));
  if (!read.ok) throw new Error(`a stranger's key ${read.reason}`);
  return read.signer;
}

export function claimsOf(token: string): AuthorityClaims {
  const claims = part(token, 1);
  if (!isClaims(claims)) throw new Error("the gateway's own token has no claims");
  return claims;
}

/** The old signature under other words. */
function altered(token: string, index: 0 | 1, members: object): string {
  const value = part(token, index);
  const parts = token.split(".");
  parts[index] = base64url.encode(JSON.stringify({ ...(typeof value === "object" ? value : {}), ...members }));
  return parts.join(".");
}

function part(token: string, index: number): unknown {
  const parsed = parseJson(base64url.decode(token.split(".")[index] ?? ""));
  return parsed.ok ? JSON.parse(JSON.stringify(toValue(parsed.root))) : undefined;
}
