import type { Family } from "./entry.ts";
import { quote, quoteList } from "./quote.ts";

/** A value of the right type that is not one of those the language admits. */
export const value = {
  "value/not_one_of": {
    severity: "error",
    summary: "a word that is not one of those admitted here",
    message: ({
      found,
      admitted,
      meant,
    }: {
      readonly found: string;
      readonly admitted: readonly string[];
      readonly meant?: string;
    }) =>
      `${found} is not ${admitted.length === 1 ? "" : "one of "}${quoteList(admitted, "or")}${meant === undefined ? "" : `; did you mean ${quote(meant)}?`}`,
    fix: "safe",
    example: [{ op: "replace", path: "/mode", value: "windows" }],
  },
  "value/not_a_digest": {
    severity: "error",
    summary: "a digest is 64 lower-case hexadecimal digits",
    message: ({ found }: { readonly found: string }) =>
      `${quote(found)} is no SHA-256 digest: 64 lower-case hexadecimal digits, without prefix`,
    fix: "safe",
    example: [{ op: "add", path: "/parent", value: { id: "env_parent", sha256: "ABC" } }],
  },
  "value/not_a_pointer": {
    severity: "error",
    summary: "a JSON Pointer into the arguments is expected",
    message: ({ found }: { readonly found: string }) =>
      `${quote(found)} is no JSON Pointer: \`/\` before every member, \`~0\` for \`~\` and \`~1\` for \`/\``,
    fix: "safe",
    example: [{ op: "replace", path: "/effects/pay/fields/payee/from", value: "payee" }],
  },
} satisfies Family;
