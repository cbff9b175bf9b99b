import type { Family } from "./entry.ts";
import { quote } from "./quote.ts";

/** Tools and their arguments are shared out wrongly. */
export const tool = {
  "tool/overlap": {
    severity: "error",
    summary: "one call reaches two effects",
    message: ({ tool, other, call }: { readonly tool: string; readonly other: string; readonly call: string }) =>
      `the tool ${quote(tool)} is reached at ${quote(other)} too: both match ${call}`,
    help: "a tool is plain in one effect, or split by discriminators that no two of which match one call",
    example: [{ op: "add", path: "/effects/list_payments/tools/-", value: "bank.pay" }],
  },
  "tool/duplicate": {
    severity: "error",
    summary: "an effect lists one tool twice",
    message: ({ tool, other }: { readonly tool: string; readonly other: string }) =>
      `the tool ${quote(tool)} is already at ${quote(other)}`,
    example: [{ op: "add", path: "/effects/pay/tools/-", value: "bank.pay" }],
  },
  "tool/argument_claimed_twice": {
    severity: "error",
    summary: "an argument is decoded, ignored, absent or a discriminator twice over",
    message: ({
      pointer,
      relation,
      other,
      otherPointer,
    }: Record<"pointer" | "relation" | "other" | "otherPointer", string>) =>
      `${quote(pointer)} is ${relation} ${quote(otherPointer)} at ${quote(other)}: an argument is claimed once`,
    example: [{ op: "add", path: "/effects/pay/ignored/-", value: "/amount" }],
  },
  "tool/argument_decoded_twice": {
    severity: "error",
    summary: "two fields decode one argument in the same way",
    message: ({ pointer, other }: { readonly pointer: string; readonly other: string }) =>
      `${quote(pointer)} is decoded with the same type at ${quote(other)}`,
    help: "two fields share a `from` only with different aggregates or types",
    example: [
      { op: "add", path: "/effects/pay/fields/to", value: { from: "/payee", type: "string" } },
      { op: "add", path: "/effects/pay/allow/to", value: { oneOf: ["acme"] } },
    ],
  },
  "tool/star_misplaced": {
    severity: "error",
    summary: "`*` stands where it cannot stand for the elements of an array",
    message: ({ pointer, reason }: { readonly pointer: string; readonly reason: string }) =>
      `the \`*\` in ${quote(pointer)} cannot stand there: ${reason}`,
    example: [{ op: "add", path: "/effects/pay/absent", value: ["/*/routing"] }],
  },
} satisfies Family;
