import type { OrderGiven } from "../people/order.ts";

/** The text of an order, read once: what is looked at and what is written are the same. Undefined for what is no order. Total. */
export function ownOrderText(order: Pick<OrderGiven, "text"> | undefined): string | undefined {
  try {
    const text: unknown = order?.text;
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}
