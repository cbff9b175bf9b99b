import type { Mutant } from "../mutant.ts";

/** The normaliser: what Cedar is printed from and Rego has as data. */
export const normalising: readonly Mutant[] = [
  {
    file: "compiler/normalise/allow.ts",
    what: "an empty set is admitted where nothing is said of it",
    from: 'operand.field.type === "set" ? 1 : undefined',
    to: "undefined",
    by: ["test/tables/fields/set.cases.ts"],
  },
  {
    file: "compiler/normalise/approval.ts",
    what: "a `when` with a minimum and another operator loses the other",
    from: "if (written.equals !== undefined) conditions.push",
    to: "if (written.equals !== undefined && conditions.length === 0) conditions.push",
    by: ["test/tables/bounds/approval.cases.ts"],
  },
  {
    file: "compiler/normalise/common.ts",
    what: "seconds of age and duration are taken for milliseconds",
    from: "const second = 1000;",
    to: "const second = 1;",
    by: ["test/agreement/agreement.test.ts"],
  },
  {
    file: "compiler/normalise/common.ts",
    what: "a forbidden tag forbids the effects that do not carry it",
    from: "tag !== undefined && tags?.includes(tag)",
    to: "tag !== undefined && !tags?.includes(tag)",
    by: ["test/tables/bounds/forbidden.cases.ts"],
  },
  {
    file: "compiler/normalise/effect.ts",
    what: "one key is enough for a proposed effect",
    from: "const channelKeys = 2;",
    to: "const channelKeys = 1;",
    by: ["test/tables/bounds/channel.cases.ts"],
  },
  {
    file: "compiler/normalise/effect.ts",
    what: "velocities of the defaults are not applied",
    from: "effect.velocity ?? envelope.defaults?.velocity ?? []",
    to: "effect.velocity ?? []",
    by: ["test/tables/bounds/velocity.cases.ts"],
  },
  {
    file: "compiler/normalise/effect.ts",
    what: "the least amount written for a call is taken for 0",
    from: "min: min === undefined ? 0 : numberOf(operand.form, min)",
    to: "min: 0",
    by: ["test/tables/bounds/per-call.cases.ts"],
  },
  {
    file: "compiler/normalise/effect.ts",
    what: "the last row is left out",
    from: "members(oneOf.map((row) =>",
    to: "members(oneOf.slice(0, -1).map((row) =>",
    by: ["test/tables/bounds/rows.cases.ts"],
  },
  {
    file: "compiler/normalise/effect.ts",
    what: "external calls are not counted",
    from: "return [counted, ...external, ...fed];",
    to: "return [counted, ...external.slice(1), ...fed];",
    by: ["test/tables/bounds/budgets.cases.ts"],
  },
  {
    file: "compiler/normalise/effect.ts",
    what: "every flag counts as granted",
    from: "holds: envelope.capabilities.includes(flag)",
    to: 'holds: flag !== ""',
    by: ["test/tables/bounds/requires.cases.ts"],
  },
  {
    file: "compiler/normalise/schedule.ts",
    what: "a day keeps only the last of its windows",
    from: "[...(byDay.get(day) ?? []), [minutes(from), minutes(until)]]",
    to: "[[minutes(from), minutes(until)]]",
    by: ["test/tables/bounds/schedule.cases.ts"],
  },
];
