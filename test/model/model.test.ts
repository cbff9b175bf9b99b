/** The model of two gateways on one ledger, searched exhaustively; and each of its guards taken away, which is noticed. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { figure } from "../figure.ts";
import { hasSpin, search } from "./spin.ts";

const model = fileURLToPath(new URL("ledger.pml", import.meta.url));
const small = ["PROPOSALS=2", "BUDGET=1"];
const ends = [...small, "ENDS", "FAULTS=2"];
const patience = 900_000;

if (!hasSpin) process.stdout.write("the model is not searched: no `spin` or no `cc` on the PATH\n");

describe.skipIf(!hasSpin)("two gateways, three allows, a budget for two, any number of faults", () => {
  test(
    "no state is over budget, no token is consumed twice or late or after a kill, no effect runs before its record",
    () => {
      const { errors, complete, states, unreached, output } = search(model, [], "safety");
      expect(errors, output).toBe(0);
      expect(complete, output).toBe(true);
      expect(unreached.filter((statement) => statement !== "-end-")).toEqual([]);
      expect(states).toBeGreaterThan(1_000_000);
      figure(`model: every one of ${states.toLocaleString("en")} states keeps the promises of the ledger`);
    },
    patience,
  );

  test(
    "every reservation ends, where faults do",
    () => {
      const { errors, complete, states, output } = search(model, ends, "liveness");
      expect(errors, output).toBe(0);
      expect(complete, output).toBe(true);
      figure(`model: every reservation ends on every path through ${states.toLocaleString("en")} states`);
    },
    patience,
  );
});

type Promised =
  | "within_budget"
  | "consumed_once"
  | "nothing_after_kill"
  | "within_lifetime"
  | "consumed_before_effect"
  | "reservations_end";

const mutations: readonly (readonly [guard: string, ...broken: Promised[]])[] = [
  ["NO_CAS", "within_budget", "consumed_once", "nothing_after_kill"],
  ["NO_CAS_OF_DECIDED", "within_budget"],
  ["NO_BUDGET", "within_budget"],
  ["NO_CONSUMED", "consumed_once", "consumed_before_effect"],
  ["NO_KILL", "nothing_after_kill"],
  ["NO_EXPIRY_OF_TOKEN", "within_lifetime"],
  ["NO_EXPIRY_OF_RELEASE", "within_lifetime"],
  ["NO_UNREDEEMED", "within_budget"],
  ["NO_LIMIT_OF_ACTUAL", "within_budget"],
  ["NO_CONSUMED_BEFORE_EFFECT", "consumed_before_effect"],
  ["NO_CARE_AFTER_FAILURE", "consumed_before_effect"],
  ["NO_REFRESH", "reservations_end"],
  ["NO_RELEASE", "reservations_end"],
  ["NO_RECOVERY", "reservations_end"],
];

describe.skipIf(!hasSpin)("a guard taken away", () => {
  const rows = mutations.flatMap(([guard, ...broken]) => broken.map((promise) => [guard, promise] as const));
  test.each(rows)(
    "%s breaks %s",
    (guard, promise) => {
      const found =
        promise === "reservations_end"
          ? search(model, [...ends, guard], "liveness")
          : search(model, [...small, guard, `ONLY=${promise.toUpperCase()}`], "safety");
      expect(found.errors, found.output).toBe(1);
      expect(found.violated, found.output).toContain(promise === "reservations_end" ? "acceptance cycle" : promise);
    },
    patience,
  );

  test("is noticed for every guard of the model", () => {
    figure(
      `model: ${mutations.length} guards taken away one at a time, each refuted, by ${rows.length} broken promises`,
    );
    expect(new Set(mutations.map(([guard]) => guard)).size).toBe(mutations.length);
  });
});
