/** Sets of every element type: none, one and several elements, with duplicates, inside and outside of each list. */
import fc from "fast-check";
import type { Allow, Field } from "../../../schema/envelope.ts";
import { ancestors, nameOf, vocabulary } from "./names.ts";
import type { FieldPlan, Sample } from "./plan.ts";
import { single } from "./plan.ts";
import { type ElementType, produced } from "./produced.ts";
import { strings } from "./texts.ts";

const integers = [0, 3, -3, 17, 100, Number.MAX_SAFE_INTEGER];

interface Element {
  readonly sent: string | number;
  readonly item: string | number;
  /** Undefined for elements without ancestors. */
  readonly under: readonly string[] | undefined;
}

function elements(of: ElementType): readonly Element[] {
  if (of === "integer") return integers.map((item) => ({ sent: item, item, under: undefined }));
  if (of === "string") return strings.map((item) => ({ sent: item, item, under: undefined }));
  return vocabulary[of].map((name) => {
    const { sent, value } = nameOf(of, name);
    return { sent, item: value.value, under: value.under };
  });
}

function byItem({ item: a }: Element, { item: b }: Element): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

function sampleOf(sent: readonly Element[], named: boolean, collected: boolean): Sample {
  const sorted = [...new Set(sent)].sort(byItem);
  const items = sorted.map(({ item }) => item);
  const under = sorted.flatMap((element) => (element.under === undefined ? [] : [element.under]));
  const decoded = { count: items.length, items, ...(named ? { under } : {}) };
  return single(
    sent.map((element) => (collected ? { v: element.sent } : element.sent)),
    decoded,
    items,
    items,
  );
}

const operators = ["subsetOf", "disjointFrom", "under", "noneUnder", "minItems", "maxItems", "producedBy"] as const;

function setPlanOf(of: ElementType): fc.Arbitrary<FieldPlan> {
  const all = elements(of);
  const named = of !== "integer" && of !== "string";
  const usable = operators.filter((operator) => named || (operator !== "under" && operator !== "noneUnder"));
  return fc
    .record({
      chosen: fc.uniqueArray(fc.constantFrom(...usable, "subsetOf", named ? "under" : "subsetOf"), {
        minLength: 1,
        maxLength: 3,
      }),
      list: fc.uniqueArray(fc.constantFrom(...all), { minLength: 2, maxLength: 4 }),
      above: named ? ancestors(of) : fc.constant<string[]>([]),
      notAbove: named ? ancestors(of) : fc.constant<string[]>([]),
      others: fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 2 }),
      minItems: fc.constantFrom(0, 1, 2),
      maxItems: fc.constantFrom(1, 2, 3),
      limit: fc.constantFrom(undefined, 5, 32),
      repeats: fc.boolean(),
      /** From a member of each element, not from the array itself. */
      collected: fc.boolean(),
      unique: fc.constantFrom(undefined, true),
    })
    .map(({ chosen, list, above, notAbove, others, minItems, maxItems, limit, repeats, collected, unique }) => {
      const items = list.map(({ item }) => item);
      const otherItems = others.map(({ item }) => item);
      const most = Math.max(minItems, maxItems);
      const results: readonly (string | number)[] = produced[of];
      const written = {
        subsetOf: items,
        disjointFrom: otherItems,
        under: above,
        noneUnder: notAbove,
        minItems,
        maxItems: most,
        producedBy: `e0/${of}`,
      };
      const keeps: Readonly<Record<(typeof operators)[number], (element: Element) => boolean>> = {
        subsetOf: ({ item }) => items.includes(item),
        disjointFrom: ({ item }) => !otherItems.includes(item),
        under: ({ under }) => under?.some((each) => above.includes(each)) ?? false,
        noneUnder: ({ under }) => !under?.some((each) => notAbove.includes(each)),
        minItems: () => true,
        maxItems: () => true,
        producedBy: ({ item }) => results.includes(item),
      };
      const good = all.filter((element) => chosen.every((operator) => keeps[operator](element)));
      const bad = all.filter((element) => !good.includes(element));
      const least = chosen.includes("minItems") ? minItems : 1;
      const greatest = chosen.includes("maxItems") ? most : 4;
      const counts = [greatest, least, least + 1].filter(
        (count) => least <= count && count <= Math.min(greatest, good.length),
      );
      const twice = (sent: readonly Element[]) => (repeats && !unique && sent.length < 3 ? [...sent, ...sent] : sent);
      const inside = counts.map((count) => sampleOf(twice(good.slice(0, count)), named, collected));
      const outside = [
        ...(least > 0 ? [sampleOf(good.slice(0, least - 1), named, collected)] : []),
        ...(greatest < good.length ? [sampleOf(good.slice(0, greatest + 1), named, collected)] : []),
        ...bad
          .slice(0, 4)
          .flatMap((element) => [
            sampleOf([element], named, collected),
            sampleOf([element, ...good.slice(0, 1)], named, collected),
          ]),
      ];
      const declared = {
        type: "set",
        from: "",
        of,
        ...(limit ? { limit } : {}),
        ...(unique ? { unique } : {}),
        ...(of === "path" ? { base: "/srv" } : {}),
      };
      return {
        declare: (name) => ({ "": { ...declared, from: collected ? `/${name}/*/v` : `/${name}` } as Field }),
        allow: { "": Object.fromEntries(chosen.map((operator) => [operator, written[operator]])) as Allow },
        perCall: {},
        possible: inside.length > 0,
        inside: inside.length > 0 ? inside : [sampleOf(all.slice(0, 1), named, collected)],
        outside,
        keys: [{ suffix: "", look: "set", family: `set ${of}`, write: (n) => n }],
        rowsSuffice: true,
        ...(chosen.includes("producedBy") ? { produced: of } : {}),
      } satisfies FieldPlan;
    });
}

export const setPlan: fc.Arbitrary<FieldPlan> = fc
  .constantFrom<ElementType[]>("string", "integer", "host", "email", "path", "ip")
  .chain(setPlanOf);
