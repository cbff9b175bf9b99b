/** Characters that look like others never pass for them. */
import { describe, expect, test } from "vitest";
import { planDecoder } from "../../runtime/decode/decode.ts";
import { freshFacts } from "../../runtime/index.ts";
import type { Effect } from "../../schema/envelope.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { figure } from "../figure.ts";
import { missing } from "./corpora.ts";
import { listeningHost, load } from "./host.ts";
import { apart, pairs } from "./look-alikes/pairs.ts";
import { effectOf, type Place, places } from "./look-alikes/places.ts";
import { oneCall, plainEnvelope, plainNow } from "./plain-envelope.ts";

const ascii = /^[\x21-\x7e]+$/;

function effectsFor(genuine: readonly string[]): Readonly<Record<string, Effect>> {
  return Object.fromEntries(
    places.flatMap((place, index) => {
      const effect = effectOf(place, genuine);
      return effect === undefined ? [] : [[`e${index}`, effect] as const];
    }),
  );
}

describe.skipIf(missing)("look-alikes (AMBIT_CORPORA)", () => {
  const all = missing ? [] : pairs();

  test("of ASCII: no call passes an allow-list with the genuine character, in both engines", async () => {
    const { host, faults } = await listeningHost();
    let tried = 0;
    let allowed = 0;
    let genuineAllowed = 0;
    const passed: string[] = [];
    for (const [number, group] of apart(all.filter(({ genuine }) => ascii.test(genuine))).entries()) {
      const evaluator = load(host, plainEnvelope(`look-alikes-${number}`, effectsFor(group.map((one) => one.genuine))));
      const verdict = ({ name, argument }: Place, character: string) => {
        const proposal = JSON.stringify({ tool: name, args: { v: argument(character) } });
        return evaluator.decide(proposal, ({ effect }) => freshFacts(evaluator.envelope, effect, plainNow)).verdict;
      };
      for (const place of places)
        for (const { genuine, lookAlike } of group) {
          tried++;
          if (verdict(place, lookAlike) === "allow") passed.push(`${place.name}: ${lookAlike} for ${genuine}`);
        }
      for (const place of places)
        for (const genuine of new Set(group.map((one) => one.genuine))) {
          allowed++;
          if (verdict(place, genuine) === "allow") genuineAllowed++;
        }
      evaluator.drop();
    }
    figure(
      `look-alikes of ASCII: ${passed.length} of ${tried} match an allow-list (the genuine ones: ${genuineAllowed} of ${allowed}, the others cannot stand there)`,
    );
    expect(passed).toEqual([]);
    expect(genuineAllowed).toBeGreaterThan(500);
    expect(faults).toEqual([]);
  });

  test("of any character: no argument has the canonical form of the genuine one", () => {
    const open = plainEnvelope(
      "look-alikes",
      Object.fromEntries(
        places.map(({ name, field }, index) => [`e${index}`, { ...oneCall, tools: [name], fields: { v: field } }]),
      ),
    );
    const decode = planDecoder(open);
    const form = ({ name, argument }: Place, character: string) => {
      const decoded = decode(JSON.stringify({ tool: name, args: { v: argument(character) } }));
      return decoded.ok ? canonicalJson(decoded.call.fields) : undefined;
    };
    const same = new Set<string>();
    const spellings = new Set<string>();
    for (const { genuine, lookAlike } of all)
      for (const place of places) {
        const theirs = form(place, lookAlike);
        if (theirs === undefined || theirs !== form(place, genuine)) continue;
        // In names of hosts, two spellings of one character outside ASCII: every reader folds them to one.
        if (!ascii.test(genuine) && /host|domain/.test(place.name) && namesFold(genuine, lookAlike))
          spellings.add(`${lookAlike} ${genuine}`);
        else same.add(`${place.name}: ${lookAlike} for ${genuine}`);
      }
    const characters = new Set(all.map(({ lookAlike }) => lookAlike)).size;
    figure(
      `look-alikes: ${same.size} of ${characters} read as another character (${all.length} pairs in ${places.length} places; ${spellings.size / 2} pairs are one character by the URL standard too)`,
    );
    expect([...same]).toEqual([]);
    expect(characters).toBe(9601);
  });
});

function namesFold(one: string, other: string): boolean {
  const [a, b] = [one, other].map((c) => `http://ex${c}mple.com/`);
  return URL.canParse(a!) && URL.canParse(b!) && new URL(a!).hostname === new URL(b!).hostname;
}
