/** Attacks on paths and addresses, as arguments of tools that are bounded by `under`: none gets outside. */
import { beforeAll, describe, expect, test } from "vitest";
import { type Evaluator, freshFacts } from "../../runtime/index.ts";
import { figure, table } from "../figure.ts";
import { missing } from "./corpora.ts";
import { listeningHost, load } from "./host.ts";
import { addressProbes, envelope, fileProbes, type Probe } from "./payloads/effects.ts";
import { leavesHost, leavesRoot } from "./payloads/escape.ts";
import { payloadsIn } from "./payloads/lines.ts";
import { plainNow } from "./plain-envelope.ts";

interface Row {
  readonly folder: string;
  readonly tool: string;
  tried: number;
  refused: number;
  denied: number;
  inside: number;
  left: string[];
}

const kinds: readonly (readonly [folder: string, probes: readonly Probe[]])[] = [
  ["path-traversal", fileProbes],
  ["file-inclusion", fileProbes],
  ["command-injection", fileProbes],
  ["ssrf", addressProbes],
  ["open-redirect", addressProbes],
  ["crlf", addressProbes],
];

describe.skipIf(missing)("attack payloads (AMBIT_CORPORA)", () => {
  let evaluator: Evaluator;
  let faults: readonly unknown[] = [];
  const rows: Row[] = [];

  beforeAll(async () => {
    const listening = await listeningHost();
    faults = listening.faults;
    evaluator = load(listening.host, envelope);
  });

  const judge = (tool: string, v: unknown) =>
    evaluator.decide(JSON.stringify({ tool, args: { v } }), ({ effect }) =>
      freshFacts(evaluator.envelope, effect, plainNow),
    );

  test.each([
    ["path", "/srv/data/a.txt"],
    ["path from a base", "a/b.txt"],
    ["set of paths", ["a.txt"]],
    ["url", "https://www.whitelisteddomain.tld/a?b=c"],
    ["url with IPs", "http://whitelisteddomain.tld:8080/"],
    ["host", "www.whitelisteddomain.tld"],
  ])("what a %s may be is allowed", (tool, v) => {
    expect(judge(tool, v).violations).toEqual([]);
  });

  test("the measure itself knows an escape", () => {
    for (const path of ["../x", "/etc/passwd", "..%252fx", "a/..\\..\\x", "%c0%ae%c0%ae/x", "/srv/data2", "．．/x"])
      expect(leavesRoot(path), path).toBe(true);
    for (const url of ["http://evil.tld", "http://whitelisteddomain.tld@evil.tld", "http://evilwhitelisteddomain.tld"])
      expect(leavesHost(url), url).toBe(true);
  });

  describe.each(kinds)("%s", (folder, probes) => {
    test.each(probes)("as a $tool: none gets outside", ({ tool, shapes, leaves }) => {
      const row: Row = { folder, tool, tried: 0, refused: 0, denied: 0, inside: 0, left: [] };
      for (const payload of payloadsIn(folder))
        for (const shape of shapes) {
          const argument = shape(payload);
          const { verdict, effect } = judge(tool, argument);
          row.tried++;
          if (effect === null) row.refused++;
          else if (verdict !== "allow") row.denied++;
          else if ([argument].flat().some((one) => leaves(String(one)))) row.left.push(JSON.stringify(argument));
          else row.inside++;
        }
      rows.push(row);
      expect(row.left).toEqual([]);
      expect(row.tried).toBeGreaterThan(15);
    });
  });

  test("the table", () => {
    const total = (key: "tried" | "refused" | "denied" | "inside") => rows.reduce((sum, row) => sum + row[key], 0);
    const left = rows.reduce((sum, row) => sum + row.left.length, 0);
    table(
      ["payloads", "as", "tried", "refused at decoding", "denied by bounds", "allowed, inside", "left"],
      rows.map((r) => [r.folder, r.tool, r.tried, r.refused, r.denied, r.inside, r.left.length]),
    );
    figure(
      `payloads: ${left} of ${total("tried")} arguments leave their root or host; ${total("refused")} refused at decoding, ${total("denied")} denied by bounds, ${total("inside")} allowed inside`,
    );
    expect(rows.length).toBe(18);
    expect(left).toBe(0);
    expect(faults).toEqual([]);
  });
});
