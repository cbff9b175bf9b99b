import type { JsonNode } from "../../schema/json/parse.ts";
import { escapeToken } from "../../schema/json/pointer.ts";
import type { Finding } from "../diagnostics/report.ts";
import { parentOf } from "./document.ts";
import { isSlip, type Problem, type Repair } from "./problem.ts";
import { findingInSource, sourcePointers, type ToSource, toSource } from "./source-map.ts";
import { standInFor } from "./stand-ins.ts";
import { problemsOf } from "./translate.ts";
import { type Edit, editTree, indexTree, type TreeIndex } from "./tree.ts";
import { wholeOf } from "./whole.ts";

/** What could be made of a source that need not have an envelope's shape. */
export interface Recovered {
  /** What the schema says about the source, with pointers into it. */
  readonly findings: readonly Finding[];
  /** An envelope's shape for the rules; undefined if nothing of use is left. */
  readonly root: JsonNode | undefined;
  readonly translate: ToSource;
  /** Pointers into the source of what was taken out. */
  readonly removed: ReadonlySet<string>;
}

/** Deeper slips show only once the outer ones are mended. */
const mostRounds = 24;

/**
 * Mends slips round by round (a misspelt member gets its name, and what is below it is read), then reports all that is left, takes it out
 * and puts stand-ins where the shape needs a member. Total; a source of the right shape comes back as it is.
 */
export function recover(source: JsonNode): Recovered {
  const pointers = sourcePointers(source);
  const findings: Finding[] = [];
  const removed = new Set<string>();
  const mistyped = new Set<string>();
  let root = source;
  let mending = true;
  for (let round = 0; round < 2 * mostRounds; round++) {
    const index = indexTree(root);
    const translate = toSource(pointers, index);
    const problems = problemsOf(root, index);
    if (problems.length === 0) return { findings, root, translate, removed };
    const slips = mending && round < mostRounds ? distinct(problems.filter(isSlip)) : [];
    const chosen = slips.length > 0 ? slips : problems;
    // Once everything is reported, further problems are consequences of what was taken out.
    // What a value of a wrong type was taken for is a guess: nothing more is said of it.
    if (mending) findings.push(...inSource(chosen, translate).filter(({ pointer }) => !mistyped.has(pointer)));
    for (const { code, pointer } of findings) if (code === "type/wrong_type") mistyped.add(pointer);
    if (slips.length === 0) mending = false;
    if (!mending) noteRemoved(chosen, index, translate, removed);
    const edits = editsFor(chosen, index);
    if (edits === undefined) return { findings, root: undefined, translate, removed };
    root = editTree(root, edits);
  }
  return { findings, root: undefined, translate: () => undefined, removed };
}

function inSource(problems: readonly Problem[], translate: ToSource): readonly Finding[] {
  return problems.flatMap(({ finding }) => findingInSource(finding, translate) ?? []);
}

/** Of two members that mean the same one, the first is mended; then the other is one too many. */
function distinct(slips: readonly Problem[]): readonly Problem[] {
  const targets = new Set<string>();
  return slips.filter(({ repair }) => {
    const target = repair.do === "rename" ? `${parentOf(repair.pointer)}/${escapeToken(repair.to)}` : repair.pointer;
    if (targets.has(target)) return false;
    targets.add(target);
    return true;
  });
}

function noteRemoved(problems: readonly Problem[], index: TreeIndex, translate: ToSource, removed: Set<string>): void {
  for (const { repair, finding } of problems) {
    if (repair.do === "ignore") continue;
    const places = repair.do === "require" ? [finding.pointer] : [];
    const [pointer, edit] = editFor(repair, index);
    if (edit.do === "remove") places.push(pointer);
    for (const place of places) {
      const inSource = translate(place);
      if (inSource !== undefined) removed.add(inSource);
    }
  }
}

function editsFor(problems: readonly Problem[], index: TreeIndex): ReadonlyMap<string, Edit> | undefined {
  const edits = new Map<string, Edit>();
  for (const { repair } of problems) {
    const [pointer, edit] = editFor(repair, index);
    if (pointer === "" && edit.do === "remove") return undefined;
    // One addition to an object a round: the next round asks for the next.
    if (!edits.has(pointer) || edit.do === "remove") edits.set(pointer, edit);
  }
  return edits;
}

function editFor(repair: Repair, index: TreeIndex): readonly [pointer: string, edit: Edit] {
  switch (repair.do) {
    case "rename":
      return [repair.pointer, { do: "rename", to: repair.to }];
    case "replace":
      return [repair.pointer, { do: "replace", node: repair.node }];
    case "ignore":
      return [repair.pointer, { do: "remove" }];
    case "remove":
      return [wholeOf(repair.pointer), { do: "remove" }];
    case "require": {
      const node = standInFor(repair.pointer, repair.name, index);
      return node === undefined
        ? [wholeOf(repair.pointer), { do: "remove" }]
        : [repair.pointer, { do: "add", name: repair.name, node }];
    }
  }
}
