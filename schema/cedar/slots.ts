/** The ancestors of a set's elements, as Cedar can compare them without quantifiers: one set for each, and their union. */
import { encodeLeaf } from "./leaf.ts";
import { unionSlot } from "./names.ts";

/**
 * From a list of lists of strings to a record of the slots that are asked for: `"0"` … for the list at that index,
 * `"any"` for all of them together. One mistyped list leaves all slots out; where there are no lists at all, the first
 * slot is empty, so that its presence says that the ancestors are well-typed.
 */
export function encodeSlots(slots: readonly string[]): (under: unknown) => string {
  return (under) => {
    if (!Array.isArray(under)) return "{}";
    const lists = Array.from(under, encodeLeaf.StringSet);
    if (lists.includes(undefined)) return "{}";
    const members: string[] = [];
    for (const slot of slots) {
      const text = slot === unionSlot ? encodeLeaf.StringSet(under.flat()) : (lists[Number(slot)] ?? emptyFirst(slot));
      if (text !== undefined) members.push(`"${slot}":${text}`);
    }
    return `{${members.join()}}`;
  };
}

function emptyFirst(slot: string): string | undefined {
  return slot === "0" ? "[]" : undefined;
}
