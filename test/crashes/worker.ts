/** Pays bills without end: it is there to be killed. */
import type { Assignment } from "../races/assignment.ts";
import { billOf } from "../races/bills.ts";
import { payBill } from "../races/pay.ts";
import { openTeller } from "../races/teller.ts";

const assignment: Assignment = JSON.parse(process.argv[2] ?? "");
const teller = await openTeller(assignment);
process.send?.("ready");
if (assignment.first !== undefined) await payBill(teller, billOf(assignment.first), assignment.first);
for (let i = 1; ; i++) {
  const name = `${assignment.worker}-${i}`;
  await payBill(teller, billOf(name), name);
}
