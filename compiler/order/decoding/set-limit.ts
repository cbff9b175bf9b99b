import type { Effect } from "../../../schema/envelope.ts";
import { own } from "../../rules/rule.ts";

/** How many elements a set may be sent with; 0 for what is no set (SPEC §4, §14). */
export function limitOf({ fields, allow }: Effect, name: string): number {
  const field = own(fields, name);
  if (field?.type !== "set") return 0;
  return field.limit ?? (own(allow, name)?.under === undefined ? 1000 : 32);
}
