import type { Family } from "./entry.ts";
import { quote } from "./quote.ts";

export interface Name {
  /** What it names: `effect`, `field`, `role` … */
  readonly kind: string;
  readonly name: string;
}

/** A name is not one. */
export const name = {
  "name/invalid": {
    severity: "error",
    summary: "a name does not fit the form of names",
    message: ({ kind, name }: Name) =>
      `${quote(name)} is no ${kind} name: a letter, then letters, digits or underscores, at most 64 in all`,
    example: [{ op: "move", from: "/effects/pay/results/payment", path: "/effects/pay/results/payment-id" }],
  },
  "name/reserved": {
    severity: "error",
    summary: "a name is reserved",
    message: ({ kind, name, reason }: Name & { readonly reason: string }) =>
      `${quote(name)} is reserved and names no ${kind}: ${reason}`,
    example: [
      { op: "add", path: "/effects/list_payments/fields/calls", value: { from: "/calls", type: "boolean" } },
      { op: "add", path: "/effects/list_payments/allow", value: { calls: { equals: true } } },
    ],
  },
  "name/unprintable": {
    severity: "error",
    summary: "a name, id, issuer or tag holds a character that cannot be seen or turns the reading direction",
    message: ({ kind, name, character }: Name & { readonly character: string }) =>
      `the ${kind} ${quote(name)} holds ${character}, which a reader cannot see`,
    help: "write visible characters only: people sign what they read",
    example: [{ op: "replace", path: "/issuer", value: "authz\u202e.example" }],
  },
  "name/no_signal": {
    severity: "error",
    summary: "the kill signal is no name below the gateway's signal folder, so that every call would be killed",
    message: ({ name }: { readonly name: string }) =>
      `${quote(name)} is no name below the signal folder: names with \`/\` between them, none of them empty, \`.\` or \`..\`, and no \`\\\``,
    example: [{ op: "replace", path: "/killSwitch/signal", value: "../stop" }],
  },
} satisfies Family;
