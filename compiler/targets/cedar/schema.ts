/** The smallest schema: for each action, a context of just the leaves that some policy reads there (SPEC §6). */
import type { LeafType } from "../../../schema/cedar/context-type.ts";
import { namespace } from "../../../schema/cedar/names.ts";
import { codePointCompare } from "../../../schema/json/canonical.ts";
import { type Leaf, readsOf } from "./condition.ts";
import type { JudgedAction } from "./judged.ts";
import { shareRecords } from "./shared-types.ts";

/** A part of Cedar's JSON schema: a primitive or common type by name, a set, or a record. */
export type SchemaType = NamedType | SetType | SchemaRecord;

interface NamedType {
  readonly type: "EntityOrCommon";
  readonly name: string;
  readonly required?: false;
}

interface SetType {
  readonly type: "Set";
  readonly element: NamedType;
  readonly required?: false;
}

export interface SchemaRecord {
  readonly type: "Record";
  readonly attributes: Readonly<Record<string, SchemaType>>;
}

export function schemaOf(actions: readonly JudgedAction[]) {
  const contexts = actions.map(({ action, bounds }) => ({
    action,
    context: recordOf(
      bounds.flatMap(({ condition }) => readsOf(condition)),
      0,
    ),
  }));
  const { commonTypes, replace } = shareRecords(contexts.map(({ context }) => context));
  return {
    [namespace]: {
      commonTypes,
      entityTypes: { Agent: {}, Envelope: {} },
      actions: Object.fromEntries(
        contexts.map(({ action, context }) => [
          action,
          { appliesTo: { principalTypes: ["Agent"], resourceTypes: ["Envelope"], context: replace(context) } },
        ]),
      ),
    },
  };
}

/** Records are required and leaves optional: containers that may be missing cost a solver dearly. */
function recordOf(leaves: readonly Leaf[], depth: number): SchemaRecord {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const name = leaf.path[depth] ?? "";
    const group = groups.get(name) ?? [];
    group.push(leaf);
    groups.set(name, group);
  }
  const attributes = [...groups]
    .sort(([a], [b]) => codePointCompare(a, b))
    .map(([name, group]): [string, SchemaType] => [name, attributeOf(group, depth + 1)]);
  return { type: "Record", attributes: Object.fromEntries(attributes) };
}

function attributeOf(leaves: readonly Leaf[], depth: number): SchemaType {
  const leaf = leaves.find(({ path }) => path.length === depth);
  return leaf === undefined ? recordOf(leaves, depth) : { ...leafTypes[leaf.type], required: false };
}

const named = (name: string): NamedType => ({ type: "EntityOrCommon", name });

const leafTypes: { readonly [T in LeafType]: NamedType | SetType } = {
  Long: named("Long"),
  String: named("String"),
  Bool: named("Bool"),
  LongSet: { type: "Set", element: named("Long") },
  StringSet: { type: "Set", element: named("String") },
};
