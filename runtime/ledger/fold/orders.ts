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

/**
 * An order to close counts as the session stops, or when it is signed, if that is later; the checks that follow may outlast it.
 *
 * @param at when it is recorded, or is to be
 */
export function closeRefusal(state: SessionState, at: number, by: string | undefined): Refusal | undefined {
  const refusal = orderRefusal(state, "close", by);
  const read = by === undefined ? undefined : readSigned("order", by);
  if (refusal !== undefined || !read?.ok) return refusal;
  const { iat, exp } = read.signed.document;
  const from = Math.max(state.ending.stoppedAt ?? at, iat * 1000);
  return at < iat * 1000 || from >= exp * 1000
    ? [
        "ORDER_LIFETIME",
        `the order to close counts from ${iat} until ${exp}, and the session has stopped outside that time`,
      ]
    : undefined;
}

export function takeOrder({ usedOrders }: SessionState, by: string | undefined): void {
  const read = by === undefined ? undefined : readSigned("order", by);
  if (read?.ok) usedOrders.add(read.signed.digest);
}
