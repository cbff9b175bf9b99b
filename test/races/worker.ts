/** Pays its share of the bills as fast as it can, from the moment that all the others are ready too. */
import { once } from "node:events";
import type { Assignment } from "./assignment.ts";
import { billOf, everyones } from "./bills.ts";
import { payBill } from "./pay.ts";
import { openTeller } from "./teller.ts";

const recordsBetween = 50;
const assignment: Assignment = JSON.parse(process.argv[2] ?? "");
process.on("disconnect", () => process.exit());
const teller = await openTeller(assignment);
process.send?.("ready");
await once(process, "message");
let shared = 0;
for (let i = 1; i <= (assignment.bills ?? 0); i++) {
  // As soon as the ledger has grown by so much, all of them ask for the same bill, and only one may pay it.
  const round = Math.floor(teller.session.state.end.head.seq / recordsBetween);
  const own = `${assignment.worker}-${i}`;
  if (round > shared) await payBill(teller, billOf(everyones(round)), { id: everyones(round), hesitateMs: 30 });
  else await payBill(teller, billOf(own), i % 2 === 0 ? { id: own } : {});
  shared = round;
}
await teller.close();
process.disconnect?.();
