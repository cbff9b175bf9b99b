import type { Family } from "./entry.ts";

export interface Size {
  /** One of what is measured: `character`, `member`, `entry`. */
  readonly counted: string;
  readonly limit: number;
  readonly found: number;
}

function plural(counted: string, count: number): string {
  return count === 1 ? counted : counted.replace(/y$/, "ie").concat("s");
}

/** A text or list is too short or too long. */
export const size = {
  "size/empty": {
    severity: "error",
    summary: "something is empty that may not be",
    message: ({ counted }: { readonly counted: string }) => `may not be empty: at least one ${counted} is needed`,
    example: [{ op: "add", path: "/effects/pay/approval", value: { keys: 1, roles: [] } }],
  },
  "size/too_small": {
    severity: "error",
    summary: "a list or text is too short",
    message: ({ counted, limit, found }: Size) => `needs at least ${limit} ${plural(counted, limit)}, found ${found}`,
    example: [
      { op: "add", path: "/effects/pay/fields/square", value: { type: "product", of: ["amount"], scale: 2 } },
      { op: "add", path: "/effects/pay/perCall/square", value: { max: "10.00" } },
    ],
  },
  "size/too_large": {
    severity: "error",
    summary: "a list or text is too long",
    message: ({ counted, limit, found }: Size) => `may have at most ${limit} ${plural(counted, limit)}, found ${found}`,
    example: [{ op: "replace", path: "/issuer", value: "a".repeat(257) }],
  },
} satisfies Family;
