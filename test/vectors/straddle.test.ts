/** One below a limit, at it and one above: the bound holds on one side and is violated on the other. */
import { describe, expect, test } from "vitest";
import { boundKindOf } from "../../schema/bounds.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { figure } from "../figure.ts";
import { exampleEnvelopes, generated, vectorsOf } from "./envelopes.ts";
import { type Replayed, replay } from "./replay.ts";

/** Where a bound ceases to hold: from the limit on, or only beyond it; or, for a least value, below it. */
const sides: Readonly<Record<string, { readonly holds: string; readonly violated: string }>> = {
  "notBefore from": { holds: "", violated: "-1" },
  "expiresAt until": { holds: "-1", violated: "" },
  "duration duration": { holds: "-1", violated: "" },
  "evidence age": { holds: "", violated: "+1" },
  "after age": { holds: "", violated: "+1" },
  "perCall min": { holds: "", violated: "-1" },
  "perCall max": { holds: "", violated: "+1" },
  "allow min": { holds: "", violated: "-1" },
  "allow max": { holds: "", violated: "+1" },
  "session limit": { holds: "", violated: "+1" },
  "budget limit": { holds: "", violated: "+1" },
  "velocity limit": { holds: "-1", violated: "" },
  "approval keys": { holds: "", violated: "-1" },
  "channel keys": { holds: "", violated: "-1" },
};

describe("the vectors of an example", () => {
  test.each(exampleEnvelopes)("%s", (_, document) => {
    const { straddled, stuck } = straddles(document);
    expect(stuck).toEqual([]);
    expect(straddled).toBeGreaterThan(10);
  });
});

const { seed, built } = generated(40);

test(`the vectors of ${built.length} generated envelopes`, { timeout: 60_000 + built.length * 1_000 }, () => {
  let [straddled, dead] = [0, 0];
  for (const { document } of built) {
    const found = straddles(document);
    straddled += found.straddled;
    dead += found.stuck.length;
    // A bound that is violated on both sides of one limit is violated for another reason of its own.
    expect(
      found.stuck.filter(({ holds }) => holds !== false),
      `AMBIT_SEED=${seed}`,
    ).toEqual([]);
  }
  figure(`${straddled} limits straddled, ${dead} of bounds that hold nowhere near them`);
  expect(straddled).toBeGreaterThan(dead * 20);
});

function straddles(document: Envelope) {
  const byId = new Map(replay(vectorsOf(document).artefacts).map((vector) => [vector.id, vector]));
  let straddled = 0;
  const stuck: { readonly id: string; readonly holds: boolean; readonly violated: boolean }[] = [];
  for (const vector of byId.values()) {
    const [, label = "", number = ""] = /: (\w+)( \(\d+\))?$/.exec(vector.id) ?? [];
    const side = sides[`${boundKindOf(vector.bound ?? "")?.kind} ${label}`];
    if (side === undefined) continue;
    const stem = vector.id.slice(0, vector.id.length - number.length);
    const [inside, outside] = [side.holds, side.violated].map((sign) => byId.get(`${stem}${sign}${number}`));
    if (inside === undefined || outside === undefined) continue; // One of them is no safe integer.
    const found = { id: vector.id, holds: holdsFor(inside, vector.bound), violated: !holdsFor(outside, vector.bound) };
    if (found.holds && found.violated) straddled += 1;
    else stuck.push(found);
  }
  return { straddled, stuck };
}

function holdsFor({ want }: Replayed, bound: string | undefined): boolean {
  return bound !== undefined && !want.violations.includes(bound);
}
