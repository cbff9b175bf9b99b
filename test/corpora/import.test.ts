/** The documents of ai-execution-envelope v0.1 as their authors wrote them. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { importDocument } from "../../compiler/import/import.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { figure } from "../figure.ts";
import { changedFrom } from "../import/filled.ts";
import { bytesOf, missing } from "./corpora.ts";

function imported(name: string) {
  const result = importDocument(bytesOf(`ai-execution-envelope/${name}`));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result;
}

describe.skipIf(missing)("ai-execution-envelope v0.1 (AMBIT_CORPORA)", () => {
  test.each(["envelope.json", "template.json"])("%s: a draft whose only errors are its blanks", (name) => {
    const { rows, blanks, draft } = imported(name);
    const count = (wanted: string) => rows.filter(({ outcome }) => outcome === wanted).length;
    figure(
      `ai-execution-envelope ${name}: ${count("carried")} values carried over, ${count("refused")} refused, ${count("blank")} left to a person; ${blanks.length} blanks`,
    );
    const errors = readEnvelope(draft).diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ code }) => code)).toEqual(blanks.map(() => "value/blank"));
    expect(Math.min(count("carried"), count("refused"), count("blank"))).toBeGreaterThan(3);
  });

  test("the filled-in example keeps all of the trading draft but its narrative", () => {
    const path = new URL("../../examples/imported-trading/envelope.json", import.meta.url);
    const filled = JSON.parse(readFileSync(path, "utf8"));
    const isNarrative = (pointer: string) => pointer === "/goal/summary" || /^\/forbidden\/\d+\/reason$/.test(pointer);
    const draft = JSON.parse(imported("envelope.json").draft);
    for (const [index, entry] of draft.forbidden.entries())
      if ("reason" in entry) entry.reason = filled.forbidden[index].reason;
    expect(changedFrom(draft, filled).filter((pointer) => !isNarrative(pointer))).toEqual([]);
  });

  test("the schema of the format is no document of it", () => {
    expect(importDocument(bytesOf("ai-execution-envelope/envelope.schema.json")).ok).toBe(false);
  });
});
