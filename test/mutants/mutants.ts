/** Every guard that is broken, one at a time. */

import { audit } from "./list/audit.ts";
import { authority } from "./list/authority.ts";
import { breakers } from "./list/breakers.ts";
import { cedar } from "./list/cedar.ts";
import { decoding } from "./list/decoding.ts";
import { endings } from "./list/endings.ts";
import { holding } from "./list/holds.ts";
import { stops } from "./list/incidents.ts";
import { kills } from "./list/kills.ts";
import { ledger } from "./list/ledger.ts";
import { leftovers } from "./list/leftovers.ts";
import { merkle } from "./list/merkle.ts";
import { messages } from "./list/messages.ts";
import { normalising } from "./list/normalising.ts";
import { operating } from "./list/operating.ts";
import { order } from "./list/order.ts";
import { people } from "./list/people.ts";
import { reading } from "./list/reading.ts";
import { reference } from "./list/reference.ts";
import { rego } from "./list/rego.ts";
import { remaining } from "./list/remaining.ts";
import { runtime } from "./list/runtime.ts";
import { sessions } from "./list/sessions.ts";
import { sheet } from "./list/sheet.ts";
import { threats } from "./list/threats.ts";
import { types } from "./list/types.ts";
import { values } from "./list/values.ts";
import type { Mutant } from "./mutant.ts";

export const mutants: readonly Mutant[] = [
  ...cedar,
  ...rego,
  ...reference,
  ...normalising,
  ...reading,
  ...decoding,
  ...values,
  ...runtime,
  ...ledger,
  ...merkle,
  ...audit,
  ...authority,
  ...people,
  ...holding,
  ...order,
  ...sessions,
  ...sheet,
  ...endings,
  ...breakers,
  ...kills,
  ...stops,
  ...operating,
  ...remaining,
  ...messages,
  ...leftovers,
  ...threats,
  ...types,
];
