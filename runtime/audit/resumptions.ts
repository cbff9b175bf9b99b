/** Who lets a session go on: two people in two roles, each by a signed approval of this resumption and of no other one (SPEC §9). */
import type { ApprovalGiven } from "../../schema/ledger.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import { verifyApproval } from "../people/approval.ts";
import type { People } from "../people/registry.ts";
import { twoKeys } from "../people/two-keys.ts";
import { type Finding, signatureMissing, signatureWrong } from "./finding.ts";

/** Those of one session, one after the other: an approval is used once. */
export class Resumptions {
  readonly #used = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  check(record: LedgerRecord<"resumed">, people: People): Promise<Finding | undefined> {
    const checked = this.#last.then(() => this.#check(record, people));
    this.#last = checked.catch(() => undefined);
    return checked;
  }

  async #check(
    { seq, at, envelope, session, body }: LedgerRecord<"resumed">,
    people: People,
  ): Promise<Finding | undefined> {
    const given: ApprovalGiven[] = [];
    for (const text of body.approvals) {
      const verified = await verifyApproval(text, people, { envelope, session, now: at, isPast: true });
      if (!verified.ok) return signatureWrong(seq, `resumes by an approval that does not hold: ${verified.message}`);
      const { approval } = verified;
      if (approval.transition !== "resume") return signatureWrong(seq, "resumes by an approval of something else");
      const use = `${approval.digest} ${approval.person}`;
      if (this.#used.has(use)) return signatureWrong(seq, "resumes by an approval that is used already");
      this.#used.add(use);
      given.push(approval);
    }
    return twoKeys(given)
      ? undefined
      : signatureMissing(seq, "resumes without the approval of two people in two roles");
  }
}
