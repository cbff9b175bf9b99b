import type { Family } from "./entry.ts";
import { quote } from "./quote.ts";

export interface Reference {
  readonly name: string;
  readonly meant?: string;
}

const didYouMean = (meant: string | undefined) => (meant === undefined ? "" : `; did you mean ${quote(meant)}?`);

/** A name refers to nothing, or nothing refers to it. */
export const ref = {
  "ref/unknown_field": {
    severity: "error",
    summary: "a bound names a field that the effect does not decode",
    message: ({ name, effect, meant }: Reference & { readonly effect: string }) =>
      `effect ${quote(effect)} has no field ${quote(name)}${didYouMean(meant)}`,
    help: "declare it in `fields`; a url is named by its parts: `site.scheme`, `site.host`, `site.port`, `site.path`",
    example: [{ op: "add", path: "/effects/pay/session/amuont", value: { max: "1.00" } }],
  },
  "ref/unknown_effect": {
    severity: "error",
    summary: "an effect is named that the envelope does not have",
    message: ({ name, meant }: Reference) => `the envelope has no effect ${quote(name)}${didYouMean(meant)}`,
    example: [{ op: "add", path: "/effects/pay/after", value: [{ effect: "list_payment", withinSeconds: 60 }] }],
  },
  "ref/unknown_result": {
    severity: "error",
    summary: "`producedBy` names a result that no effect has",
    message: ({ name, meant }: Reference) =>
      `${quote(name)} is no \`effect/result\` of this envelope${didYouMean(meant)}`,
    help: "declare the result in `results` of the effect that produces it",
    example: [{ op: "add", path: "/effects/pay/allow/payee/producedBy", value: "list_payments/payee" }],
  },
  "ref/unknown_set": {
    severity: "error",
    summary: "a named list is used that `sets` does not have",
    message: ({ name, meant }: Reference) => `\`sets\` has no ${quote(name)}${didYouMean(meant)}`,
    example: [{ op: "replace", path: "/effects/pay/allow/payee/oneOf", value: { set: "payees" } }],
  },
  "ref/unknown_meter": {
    severity: "error",
    summary: "`consumes` names a meter that `budgets` does not have",
    message: ({ name, meant }: Reference) => `\`budgets\` has no meter ${quote(name)}${didYouMean(meant)}`,
    example: [{ op: "add", path: "/effects/pay/consumes/transfers", value: 1 }],
  },
  "ref/unregistered": {
    severity: "error",
    summary: "a flag, metric, breaker action, check or evidence name is not in the registry",
    message: ({ kind, name, meant }: Reference & { readonly kind: string }) =>
      `the ${kind} ${quote(name)} is not registered${didYouMean(meant)}`,
    help: "these names come from the registry; `--registry FILE` adds to it",
    example: [{ op: "add", path: "/capabilities/-", value: "NET_ACESS" }],
  },
  "ref/duplicate_id": {
    severity: "error",
    summary: "two breakers, or two postconditions, have one id",
    message: ({ id, first }: { readonly id: string; readonly first: string }) =>
      `the id ${quote(id)} is already that of ${quote(first)}`,
    example: [
      {
        op: "add",
        path: "/postconditions",
        value: [
          { id: "settled", check: "no_unsettled_effects", critical: true },
          { id: "settled", check: "no_open_orders", critical: true },
        ],
      },
    ],
  },
  "ref/unused_set": {
    severity: "warning",
    summary: "no bound uses a named list",
    message: ({ name }: { readonly name: string }) => `no bound uses the set ${quote(name)}`,
    absence: true,
    example: [{ op: "add", path: "/sets", value: { payees: ["acme"] } }],
  },
  "ref/unfed_meter": {
    severity: "warning",
    summary: "no effect feeds a meter",
    message: ({ name }: { readonly name: string }) =>
      `no effect feeds the meter ${quote(name)}: it limits nothing until one names it in \`consumes\``,
    absence: true,
    example: [{ op: "add", path: "/budgets/transfers", value: { max: 3 } }],
  },
  "ref/not_in_catalogue": {
    severity: "error",
    summary:
      "a template uses or forbids a name that its own catalogue does not have, or an envelope forbids one that its template's does not have",
    message: ({ kind, name, meant }: Reference & { readonly kind: string }) =>
      `the catalogue's \`${kind}\` have no ${quote(name)}${didYouMean(meant)}`,
    help: "the catalogue lists every effect, tool and tag there is: add the name, or mend it",
    example: { template: [{ op: "add", path: "/forbidden/-", value: { effect: "withdrawal" } }] },
  },
  "ref/catalogue_unchecked": {
    severity: "warning",
    summary: "without a template at hand, `forbidden` cannot be checked against a catalogue",
    message: ({ entries }: { readonly entries: number }) =>
      `no template is at hand: whether ${entries === 1 ? "the entry names" : `the ${entries} entries name`} anything that exists cannot be checked`,
    help: "a misspelt entry forbids nothing; give the envelope's template with `--template FILE`",
    example: [{ op: "add", path: "/forbidden/-", value: { effect: "withdraw" } }],
  },
} satisfies Family;
