/** Whether an executor's amounts are those that the ledger charges. */
import { showText } from "../../schema/json/show.ts";
import type { Granted } from "./granted.ts";
import type { RedeemedLine } from "./line.ts";

/** The rest of a sentence that begins with the record; undefined where nothing is wrong. What the log leaves out is not compared. */
export function amountsProblem(
  { charges, settled }: Granted,
  { amounts = {} }: Pick<RedeemedLine, "amounts">,
): string | undefined {
  for (const [bound, told] of Object.entries(amounts)) {
    const reserved = Object.hasOwn(charges, bound) ? charges[bound]?.amount : undefined;
    if (reserved === undefined) return `the log names amounts of \`${showText(bound)}\`, of which nothing was reserved`;
    const charged = settled !== undefined && Object.hasOwn(settled.amounts, bound) ? settled.amounts[bound] : reserved;
    // What nobody has settled for certain is charged in full: the log may say less.
    const isFull = settled === undefined || settled.outcome === "unknown";
    if (charged === undefined || told > charged || (!isFull && told < charged))
      return `the log says ${told} of \`${showText(bound)}\`, and ${charged} is charged`;
  }
  return undefined;
}
