/** What anybody can bring, as often as he likes: tokens that no gateway has signed (SPEC §8), keys that let nothing go on (SPEC §10). */
import type { Decided } from "../../../schema/ledger.ts";

const codes: readonly string[] = ["TOKEN_MALFORMED", "TOKEN_ALGORITHM", "TOKEN_TYPE", "TOKEN_KEY", "TOKEN_SIGNATURE"];

/** Whether nothing that stands in the token is anybody's word. */
export function isStranger(code: string): boolean {
  return codes.includes(code);
}

/** Whether the record is a refusal of such a token: it says nothing about the agent. */
export function isOfStranger({ violations, request }: Pick<Readonly<Decided>, "violations" | "request">): boolean {
  const [violation] = violations;
  return request === null && violation?.id === "token" && isStranger(violation.code);
}

/** Whether the record is a refusal to let the session go on: it is about the keys that were brought, not about a call. */
export function isOfResumption({ violations, request }: Pick<Readonly<Decided>, "violations" | "request">): boolean {
  return request === null && violations[0]?.id === "resume";
}
