/** Where in the envelope a bound is written, as an RFC 6901 pointer (SPEC §13, §14 on pointers). */

import { boundIdParts } from "./bound-id.ts";
import { boundKindOf } from "./bounds.ts";
import type { Envelope } from "./envelope.ts";

export function pointerOf(id: string, envelope: Envelope): string {
  const { effect, rest } = boundIdParts(id);
  const written = Object.hasOwn(envelope.effects, effect) ? envelope.effects[effect] : undefined;
  switch (boundKindOf(id)?.kind) {
    case undefined:
    case "phase":
      return "";
    case "kill":
      return "/killSwitch";
    case "halt":
      return "/breakers";
    case "granted":
      return "/effects";
    case "requires":
      return `/effects/${effect}/requires/${Math.max(0, written?.requires?.indexOf(rest) ?? 0)}`;
    case "perCall":
      return `/effects/${effect}/perCall/${rest}`;
    case "velocity":
      return written?.velocity === undefined ? `/defaults/velocity/${rest}` : `/${id}`;
    default:
      return `/${id}`;
  }
}
