/** Every rule beyond the JSON Schema (SPEC §2, §14), in the order of the sheet. */
import { after } from "./after.ts";
import { aggregates } from "./aggregates.ts";
import { allow } from "./allow.ts";
import { approval } from "./approval.ts";
import { bases } from "./bases.ts";
import { blankLines } from "./blank-lines.ts";
import { breakers } from "./breakers.ts";
import { budgets } from "./budgets.ts";
import { channel } from "./channel.ts";
import { consumes } from "./consumes.ts";
import { countOnly } from "./count-only.ts";
import { defaults } from "./defaults.ts";
import { denylist } from "./denylist.ts";
import { duplicates } from "./duplicates.ts";
import { evidence } from "./evidence.ts";
import { forbidden } from "./forbidden.ts";
import { globs } from "./globs.ts";
import { judged } from "./judged.ts";
import { noValueOfBothKinds } from "./never-fires/arguments.ts";
import { neverTrips } from "./never-fires/breakers.ts";
import { deadGrants } from "./never-fires/grants.ts";
import { limitsTooSmall } from "./never-fires/limits.ts";
import { circles } from "./never-fires/order.ts";
import { namesParent } from "./never-fires/parent.ts";
import { relationWithItself } from "./never-fires/relations.ts";
import { noRowSatisfies } from "./never-fires/rows.ts";
import { neverOpen } from "./never-fires/schedule.ts";
import { noValueSatisfies } from "./never-fires/values.ts";
import { perCall } from "./per-call.ts";
import { pointers } from "./pointers.ts";
import { products } from "./products.ts";
import { registered } from "./registered.ts";
import { relations } from "./relations.ts";
import { rows } from "./rows.ts";
import type { Rule } from "./rule.ts";
import { schedule } from "./schedule.ts";
import { session } from "./session.ts";
import { sets } from "./sets.ts";
import { sharedArguments } from "./shared-arguments.ts";
import { slots } from "./slots.ts";
import { tools } from "./tools.ts";
import { twoKeys } from "./two-keys.ts";
import { unjudged } from "./unjudged.ts";
import { validity } from "./validity.ts";
import { widerNetworks } from "./wider-networks.ts";
import { zones } from "./zones.ts";

export const rules: readonly Rule[] = [
  validity,
  registered,
  duplicates,
  globs,
  blankLines,
  channel,
  twoKeys,
  tools,
  pointers,
  sharedArguments,
  aggregates,
  zones,
  bases,
  slots,
  products,
  defaults,
  judged,
  unjudged,
  allow,
  denylist,
  widerNetworks,
  countOnly,
  rows,
  relations,
  perCall,
  session,
  consumes,
  budgets,
  sets,
  after,
  schedule,
  approval,
  forbidden,
  evidence,
  breakers,
  namesParent,
  deadGrants,
  noValueOfBothKinds,
  noValueSatisfies,
  noRowSatisfies,
  limitsTooSmall,
  relationWithItself,
  circles,
  neverTrips,
  neverOpen,
];
