import type { Family } from "./entry.ts";

/** A value is of the wrong kind. */
export const type = {
  "type/wrong_type": {
    severity: "error",
    summary: "a value of another type is expected",
    message: ({ expected, found }: { readonly expected: string; readonly found: string }) =>
      `expected ${expected}, found ${found}`,
    example: [{ op: "replace", path: "/capabilities", value: "NET_ACCESS" }],
  },
} satisfies Family;
