/** The context type of each action as the emitter knows it: what the emitted schema says, without reading it back. */
import type { ContextTypes, LeafType } from "../../../schema/cedar/context-type.ts";
import { type Leaf, readsOf } from "./condition.ts";
import type { JudgedAction } from "./judged.ts";

export function contextTypesOf(actions: readonly JudgedAction[]): ContextTypes {
  return new Map(
    actions.map(({ action, bounds }) => {
      const context: Draft = { attributes: new Map() };
      for (const { condition } of bounds) for (const leaf of readsOf(condition)) declare(context, leaf);
      return [action, context];
    }),
  );
}

/** A record while leaves are added to it. */
interface Draft {
  readonly attributes: Map<string, LeafType | Draft>;
}

function declare(context: Draft, { path, type }: Leaf): void {
  const record = path.slice(0, -1).reduce(recordIn, context);
  record.attributes.set(path.at(-1) ?? "", type);
}

function recordIn({ attributes }: Draft, name: string): Draft {
  const known = attributes.get(name);
  if (known !== undefined && typeof known !== "string") return known;
  const record: Draft = { attributes: new Map() };
  attributes.set(name, record);
  return record;
}
