/** Pays bills without end: it is there to be killed. */
import type { Assignment } from "../races/assignment.ts";
import { billOf } from "../races/bills.ts";
import { payBill } from "../races/pay.ts";
import { openTeller } from "../races/teller.ts";

const assignment: Assignment = JSON.parse(process.argv[2] ?? "");
process.on("disconnect", () => process.exit());
const teller = await openTeller(assignment);
// What is begun is ended first. The first bill takes as long as many others after it: the engines are cold.
let name = assignment.first ?? `${assignment.worker}-0`;
for (let i = 1; ; i++) {
  await payBill(teller, billOf(name), { id: name });
  if (i === 1) process.send?.("ready");
  name = `${assignment.worker}-${i}`;
}
