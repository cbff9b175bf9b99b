import type { AuthorityClaims } from "./documents.ts";

/** Seconds from `iat` to `exp`, at most: a token is for one call now, not a standing permission. */
export const maxLifetime = 3600;

/** What is wrong with the times among themselves, whatever the clock says; one sentence. */
export function lifetimeProblem({ iat, nbf, exp }: AuthorityClaims): string | undefined {
  if (nbf !== iat) return "the token has another `nbf` than `iat`";
  if (exp <= iat) return "the token expires before it is valid";
  return exp - iat > maxLifetime ? `the token is valid for longer than ${maxLifetime} seconds` : undefined;
}
