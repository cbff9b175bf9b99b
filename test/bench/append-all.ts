import { type Head, noHead } from "../../runtime/ledger/record.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";

/**
 * What a store itself makes of records of one session, each after the one before.
 *
 * @param session not in the store yet
 */
export async function appendAll(store: Store, session: string, each: number, text: string): Promise<void> {
  let head: Head = noHead;
  for (let i = 0; i < each; i++) {
    const next = { seq: head.seq + 1, hash: `h${head.seq + 1}` };
    const { outcome } = await store.append(session, head, { ...next, text });
    if (outcome !== "appended") throw new Error("the store lost its own race");
    head = next;
  }
}
