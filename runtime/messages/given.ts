/** What a host gives against the types, for a message: a text as one, so that `"30"` is not taken for 30. */
import { quote } from "./show.ts";

/** Nothing in an object is looked at. @throws whatever a proxy throws that was revoked */
export function givenText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `the string ${quote(value)}`;
    case "bigint":
      return `the bigint ${value}`;
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? "an array" : "an object";
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    default:
      return String(value);
  }
}
