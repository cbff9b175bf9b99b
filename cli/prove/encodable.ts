/** Whether some request encodes to the context (SPEC §6): what a solver's example must be held to, to be a request at all. */
import type { ContextType, RecordType } from "../../schema/cedar/context-type.ts";
import { unionSlot } from "../../schema/cedar/names.ts";
import { type Leaf, leaf } from "./violation/leaf.ts";
import { allOf, anyOf, cedar, not, type Statement } from "./violation/statement.ts";

export function encodable(context: RecordType): Statement {
  return allOf(...leavesOf(context, []).map(carried), ...setsOf(context).map(consistent));
}

type Path = readonly string[];

interface TypedLeaf {
  readonly path: Path;
  readonly type: Exclude<ContextType, RecordType>;
}

function leavesOf({ attributes }: RecordType, path: Path): readonly TypedLeaf[] {
  return Array.from(attributes).flatMap(([name, type]) =>
    typeof type === "string" ? [{ path: [...path, name], type }] : leavesOf(type, [...path, name]),
  );
}

/** A number is a safe integer. */
function carried({ path, type }: TypedLeaf): Statement {
  if (type !== "Long") return true;
  const value = at(path);
  return whereThere(
    value,
    allOf(cedar`${value} >= ${Number.MIN_SAFE_INTEGER}`, cedar`${value} <= ${Number.MAX_SAFE_INTEGER}`),
  );
}

/** The paths of the records that hold the ancestors of a set's elements, with their slots. */
function setsOf({ attributes }: RecordType): readonly { readonly path: Path; readonly slots: readonly string[] }[] {
  const fields = attributes.get("fields");
  if (fields === undefined || typeof fields === "string") return [];
  return Array.from(fields.attributes).flatMap(([name, field]) => {
    const under = typeof field === "string" ? undefined : field.attributes.get("under");
    if (under === undefined || typeof under === "string") return [];
    return [{ path: ["fields", name, "under"], slots: [...under.attributes.keys()] }];
  });
}

/** No slot without the one before it, and every ancestor among those of all elements together. */
function consistent({ path, slots }: { readonly path: Path; readonly slots: readonly string[] }): Statement {
  const union = slots.includes(unionSlot) ? at([...path, unionSlot]) : undefined;
  const numbered = slots.filter((slot) => slot !== unionSlot).map((slot) => at([...path, slot]));
  const first = numbered.find(({ name }) => name === "0");
  return allOf(
    union === undefined || first === undefined ? true : whereThere(union, isThere(first)),
    ...numbered.map((slot, index) => {
      const before = numbered.find(({ name }) => name === String(Number(slot.name) - 1));
      const inUnion = union === undefined ? true : allOf(isThere(union), cedar`${union}.containsAll(${slot})`);
      return whereThere(slot, allOf(index === 0 || before === undefined ? true : isThere(before), inUnion));
    }),
  );
}

function whereThere(value: Leaf, statement: Statement): Statement {
  return anyOf(not(isThere(value)), allOf(isThere(value), statement));
}

function isThere({ record, name }: Leaf) {
  return cedar`${record} has ${name}`;
}

function at([first = "", ...path]: Path): Leaf {
  return leaf(first, ...path);
}
