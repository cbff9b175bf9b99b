import type { Family } from "./entry.ts";
import { makeVisible, quote, quoteList } from "./quote.ts";

const longestReason = 1_000;

/** A value of the right type that is not one of those the language admits. */
export const value = {
  "value/blank": {
    severity: "error",
    summary:
      'a blank that was left on purpose, for a person to fill in: `{"$blank": "why"}`, or `$blank` in an object that lacks members',
    message: ({ reason }: { readonly reason?: string }) =>
      `blank: ${reason === undefined || reason.trim() === "" ? "no reason is given" : makeVisible(reason.slice(0, longestReason))}`,
    help: "put the value in the place of the blank; where it is one member among others, add what is missing and delete `$blank`",
    example: [{ op: "replace", path: "/principal", value: { $blank: "which agent acts is not known yet" } }],
  },
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
    guess: true,
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
      found === ""
        ? '`""` reaches all the arguments at once; write a JSON Pointer with at least one member, such as `/amount`'
        : `${quote(found)} is no JSON Pointer: \`/\` before every member, \`~0\` for \`~\` and \`~1\` for \`/\``,
    fix: "safe",
    example: [{ op: "replace", path: "/effects/pay/fields/payee/from", value: "payee" }],
  },
  "value/not_canonical": {
    severity: "error",
    summary: "a value in a bound is not in canonical form",
    message: ({ text, expected, canonical }: { text: string; expected: string; canonical?: string }) =>
      `${quote(text)} is not canonical: expected ${expected}${canonical === undefined ? "" : `, ${quote(canonical)}`}`,
    help: "calls are compared in canonical form: a bound in another form would match nothing, or be read in several ways",
    fix: "safe",
    example: [
      { op: "add", path: "/effects/pay/fields/bank", value: { from: "/bank", type: "host" } },
      { op: "add", path: "/effects/pay/allow/bank", value: { oneOf: ["Bank.Example"] } },
    ],
  },
  "value/glob_not_supported": {
    severity: ({ literal }: { literal?: true }) => (literal ? "warning" : "error"),
    summary: "`*` stands for itself: there are no wildcards (an error in names of targets, a warning in other strings)",
    message: ({ text, what, literal }: { text: string; what: string; literal?: true }) =>
      literal
        ? `${quote(text)} matches a literal \`*\` only: there are no wildcards`
        : `${quote(text)} has a \`*\`, and ${what} has no wildcards`,
    help: "hosts, email domains, paths and networks are matched with what is below them by `under`; everything else is listed",
    example: [
      { op: "add", path: "/effects/pay/fields/bank", value: { from: "/bank", type: "host" } },
      { op: "add", path: "/effects/pay/allow/bank", value: { under: ["*.bank.example"] } },
    ],
  },
  "value/duplicate": {
    severity: "warning",
    summary: "a list holds one entry twice",
    message: ({ found, first }: { found: string; first: string }) => `${found} is already at ${quote(first)}`,
    example: [{ op: "add", path: "/effects/pay/allow/payee/oneOf/-", value: "acme" }],
  },
  "value/denylist_only": {
    severity: "warning",
    summary: "a deny list is the only bound of a field",
    message: ({ field, operator }: { field: string; operator: string }) =>
      `nothing but the deny list ${quote(operator)} bounds ${quote(field)}: whatever it does not name is allowed`,
    help: "list what is allowed instead; a deny list never ends",
    example: [{ op: "replace", path: "/effects/pay/allow/payee", value: { noneOf: ["mallory"] } }],
  },
  "value/count_only": {
    severity: "warning",
    summary: "only the number of elements of a set is bounded, nothing judges the elements",
    message: ({ field, operators }: { field: string; operators: readonly string[] }) =>
      `nothing but ${quoteList(operators)} bounds ${quote(field)}: its elements may be anything`,
    help: "list what the elements may be: `subsetOf`, `under` or `producedBy`, or `rows`",
    example: [
      { op: "add", path: "/effects/pay/fields/cc", value: { from: "/cc", type: "set", of: "email" } },
      { op: "add", path: "/effects/pay/allow/cc", value: { maxItems: 3 } },
    ],
  },
  "value/wider_network": {
    severity: "warning",
    summary: "a network that holds an excluded one is allowed",
    message: ({ excluded, wider }: { readonly excluded: string; readonly wider: string }) =>
      `${quote(excluded)} is excluded with what lies in it, but ${quote(wider)}, which holds all of it, is allowed`,
    help: "list the networks with `oneOf`, or write `under` so that none of its networks holds an excluded one",
    example: [
      { op: "add", path: "/effects/pay/fields/net", value: { from: "/net", type: "cidr" } },
      { op: "add", path: "/effects/pay/allow/net", value: { under: ["10.0.0.0/8"], noneUnder: ["10.9.0.0/16"] } },
    ],
  },
  "value/default_undecodable": {
    severity: "error",
    summary: "a default cannot be decoded as a value of its field",
    message: ({ found, expected }: { found: string; expected: string }) =>
      `the default ${found} cannot be decoded: expected ${expected}`,
    example: [
      { op: "add", path: "/effects/pay/fields/payee/optional", value: true },
      { op: "add", path: "/effects/pay/fields/payee/default", value: true },
    ],
  },
  "value/default_out_of_bounds": {
    severity: "warning",
    summary: "a default is outside the bounds of its own field",
    message: ({ found, bound }: { found: string; bound: string }) =>
      `the default ${found} violates ${quote(bound)}: every call that leaves the argument out is denied`,
    example: [
      { op: "add", path: "/effects/pay/fields/payee/optional", value: true },
      { op: "add", path: "/effects/pay/fields/payee/default", value: "initech" },
    ],
  },
  "value/default_conflict": {
    severity: "error",
    summary: "two fields give one argument different defaults",
    message: ({ other }: { other: string }) => `the default at ${quote(other)} is for the same argument and differs`,
    help: "the default is put into the executed call: there can be only one",
    example: [
      { op: "add", path: "/effects/pay/fields/payee/optional", value: true },
      { op: "add", path: "/effects/pay/fields/payee/default", value: "acme" },
      {
        op: "add",
        path: "/effects/pay/fields/payee_length",
        value: { from: "/payee", type: "length", optional: true, default: "globex" },
      },
      { op: "add", path: "/effects/pay/perCall/payee_length", value: { max: 10 } },
    ],
  },
} satisfies Family;
