/** Every guard that is broken, one at a time. */

import { audit } from "./list/audit.ts";
import { authority } from "./list/authority.ts";
import { cedar } from "./list/cedar.ts";
import { decoding } from "./list/decoding.ts";
import { ledger } from "./list/ledger.ts";
import { merkle } from "./list/merkle.ts";
import { normalising } from "./list/normalising.ts";
import { people } from "./list/people.ts";
import { reference } from "./list/reference.ts";
import { rego } from "./list/rego.ts";
import { remaining } from "./list/remaining.ts";
import { runtime } from "./list/runtime.ts";
import { sessions } from "./list/sessions.ts";
import { types } from "./list/types.ts";
import { values } from "./list/values.ts";
import type { Mutant } from "./mutant.ts";

export const mutants: readonly Mutant[] = [
  ...cedar,
  ...rego,
  ...reference,
  ...normalising,
  ...decoding,
  ...values,
  ...runtime,
  ...ledger,
  ...merkle,
  ...audit,
  ...authority,
  ...people,
  ...sessions,
  ...remaining,
  ...types,
];
