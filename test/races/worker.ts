/** Pays its share of the bills as fast as it can, from the moment that all the others are ready too. */
import { once } from "node:events";
import type { Assignment } from "./assignment.ts";
import { billOf } from "./bills.ts";
import { payBill } from "./pay.ts";
import { openTeller } from "./teller.ts";

const assignment: Assignment = JSON.parse(process.argv[2] ?? "");
const teller = await openTeller(assignment);
process.send?.("ready");
await once(process, "message");
for (let i = 1; i <= (assignment.bills ?? 0); i++) {
  // Every tenth is one that all of them ask for, and only one may pay.
  const name = i % 10 === 0 ? `all-${i}` : `${assignment.worker}-${i}`;
  await payBill(teller, billOf(name), i % 2 === 0 ? name : undefined);
}
await teller.close();
process.disconnect?.();
