/** People's orders in records: of this very session, for what is recorded, and each carried out once (SPEC §9, §10). */
import type { OrderPayload } from "../../../schema/people.ts";
import { readSigned } from "../../people/document.ts";
import type { SessionState } from "../state.ts";
import type { Refusal } from "./step.ts";

/**
 * Whose signature it is, the audit verifies.
 *
 * @param by the signed document; undefined where nobody in particular gave an order, which nothing is wrong with
 */
export function orderRefusal(
  { usedOrders, end }: SessionState,
  order: OrderPayload["order"],
  by: string | undefined,
): Refusal | undefined {
  if (by === undefined) return undefined;
  const read = readSigned("order", by);
  if (!read.ok) return ["RECORD_INCONSISTENT", `the order ${read.reason}`];
  const { document, digest } = read.signed;
  if (document.order !== order || document.session !== end.session || document.envelope !== end.envelope)
    return ["RECORD_INCONSISTENT", `the order is not to ${order} this session`];
  return usedOrders.has(digest) ? ["ORDER_REPEATED", "the order was carried out before"] : undefined;
}

export function takeOrder({ usedOrders }: SessionState, by: string | undefined): void {
  const read = by === undefined ? undefined : readSigned("order", by);
  if (read?.ok) usedOrders.add(read.signed.digest);
}
