/** `--reason`: what an order says to those who read the ledger. */
import { readDocument } from "../runtime/people/document.ts";
import { UsageError } from "./io.ts";

/** @throws UsageError for a text that no order takes */
export function expectReason(text: string): void {
  if (text.trim() === "")
    throw new UsageError("`--reason` says nothing: one line was expected, for those who read the ledger");
  const payload = { order: "kill", envelope: `sha256:${"0".repeat(64)}`, session: "-", roles: ["any"], iat: 0, exp: 1 };
  if (readDocument("order", { ...payload, reason: text }).ok) return;
  throw new UsageError(
    "`--reason` is one line of at most 1,000 characters, without spaces at its ends and without characters that cannot be seen",
  );
}
