/** The vectors as tests of `opa test`: what the library decides on each, with the envelope as its data. */
import { codePointCompare } from "../../../schema/json/canonical.ts";
import { isRecord, type Json } from "./change.ts";
import { spacedJson } from "./spaced-json.ts";
import type { Vector } from "./vector.ts";
import type { Vectors } from "./vectors.ts";

/** One test for each bound, in the form that `opa fmt` leaves as it is. */
export function regoTest({ lines, bases }: Vectors): string {
  const [root, ...others] = lines;
  const groups = Map.groupBy(
    others.filter(({ id }) => !bases.has(id)),
    ({ bound }) => bound ?? "request",
  );
  const names = new Set<string>();
  return [
    head,
    ...Array.from(groups.keys(), (bound) => `${ruleName(bound, names)} if agree(${JSON.stringify(bound)})\n`),
    `root := ${spacedJson({ request: root?.request, want: wantOf(root) })}\n`,
    `bases := ${objectOf(others.filter(({ id }) => bases.has(id)).map(entryOf), "")}\n`,
    `vectors := ${objectOf(
      Array.from(groups, ([bound, vectors]) => `${JSON.stringify(bound)}: ${objectOf(vectors.map(entryOf), "\t")}`),
      "",
    )}\n`,
  ].join("\n");
}

const head = `# The boundary vectors of one envelope: \`opa test bundle vectors_test.rego\` in the folder of its artefacts.
# Which of them are judged otherwise: \`opa eval -d bundle -d vectors_test.rego data.ambit_vectors_test.differing\`.
package ambit_vectors_test

import data.ambit

differing contains id if {
	some group in vectors
	some id, vector in group
	not is_as_wanted(vector)
}

agree(bound) if every vector in vectors[bound] { is_as_wanted(vector) }

is_as_wanted(vector) if judged(patched(requests[vector.base], vector)) == vector.want

judged(request) := decision if decision := ambit.decision with input as request

requests["no effect"] := root.request

requests[id] := patched(root.request, base) if some id, base in bases

patched(request, patch) := json.remove(object.union(request, patch.set), patch.unset)

test_root if judged(root.request) == root.want

test_bases if every id, base in bases { judged(requests[id]) == base.want }
`;

/** A bound's id as the name of a rule: no two of them get the same. */
function ruleName(bound: string, taken: Set<string>): string {
  const plain = `test_${bound.replace(/[^A-Za-z0-9]+/g, "_")}`;
  let name = plain;
  for (let number = 2; taken.has(name); number += 1) name = `${plain}_${number}`;
  taken.add(name);
  return name;
}

function objectOf(members: readonly string[], indent: string): string {
  return members.length === 0 ? "{}" : `{\n${members.map((member) => `${indent}\t${member},\n`).join("")}${indent}}`;
}

function entryOf(line: Vector): string {
  const { set, unset } = split(line.request, []);
  return `${JSON.stringify(line.id)}: ${spacedJson({ base: line.base, set, unset, want: wantOf(line) })}`;
}

/** As the library answers: violations in the order of code points. */
function wantOf(line: Vector | undefined) {
  return line && { verdict: line.want.verdict, violations: line.want.violations.toSorted(codePointCompare) };
}

/** A merge patch as the members that it sets and the paths that it removes: Rego has a built-in for each. */
function split(
  patch: Json,
  path: readonly string[],
): { readonly set: Json; readonly unset: readonly (readonly string[])[] } {
  const set: Json = {};
  const unset: (readonly string[])[] = [];
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) unset.push([...path, key]);
    else if (isRecord(value)) {
      const inner = split(value, [...path, key]);
      set[key] = inner.set;
      unset.push(...inner.unset);
    } else set[key] = value;
  }
  return { set, unset };
}
