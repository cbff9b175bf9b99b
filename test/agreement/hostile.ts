/** Values that no bound may mistake for what it asks for. */

/** Stands for a member that is missing. */
export const missing = Symbol("missing");

export const hostileValues: readonly unknown[] = [
  missing,
  null,
  true,
  false,
  0,
  1,
  -1,
  0.5,
  2 ** 53,
  -(2 ** 53),
  1e300,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  "",
  "0",
  "1",
  "true",
  "active",
  "alpha",
  "\ud800",
  "__proto__",
  [],
  [1],
  ["alpha"],
  ["alpha", null],
  {},
  { value: "a.example.com" },
  { value: "a.example.com", under: "com" },
  { value: "a.example.com", under: ["com", 1] },
  { value: 1, under: ["com"] },
  { count: 1, items: [] },
  { count: 0, items: ["alpha"] },
  { count: 0.5, items: [] },
  { count: 33, items: [1, 2], under: [["com"]] },
  { min: 0 },
  { min: 0, max: "1" },
  { min: 3, max: 1 },
  { __entity: { type: "Ambit::Agent", id: "agent:s7" } },
  { __extn: { fn: "ip", arg: "10.0.0.1" } },
];

/** The value spoilt in one place: a member gone or of another type, an element more or less, another order. */
export function spoilt(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    return [
      value.slice(0, -1),
      value.toReversed(),
      [...value, null],
      [...value, ...value],
      [...value, "com"],
      [...value, 3],
      [...value, 0.5],
      ...value.slice(0, 3).flatMap((element, index) => spoilt(element).map((other) => value.with(index, other))),
    ];
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => {
      const others = { ...value } as Record<string, unknown>;
      const without = Object.fromEntries(Object.entries(others).filter(([each]) => each !== key));
      return [without, ...spoilt(member).map((other) => ({ ...others, [key]: other }))];
    });
  }
  if (typeof value === "number") return [value + 1, value - 1, value + 0.5, String(value), -value, null];
  if (typeof value === "string") return [`${value} `, value.toUpperCase(), `${value}x`, "", null, 1, [value]];
  return [!value, String(value), null];
}

/** Decoded values that are well-typed and do not hang together: facts are taken as they stand. */
export function bent(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const facts = value as Readonly<Record<string, unknown>>;
  const { count, items, under, min, max } = facts;
  const some = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list : []);
  if (typeof count === "number") {
    const shorter = { ...facts, under: some(under).slice(0, -1) };
    return [
      { ...facts, count: count + 1 },
      { ...facts, count: 0 },
      { ...facts, items: [] },
      { ...facts, items: some(items).toReversed() },
      { ...facts, items: [...some(items), ...some(items)] },
      ...(under === undefined
        ? []
        : [shorter, { ...facts, under: [...some(under), ["com"]] }, { ...facts, under: [...some(under), []] }]),
    ];
  }
  if (typeof min === "number" && typeof max === "number")
    return [
      { min: max, max: min },
      { min: max + 1, max },
    ];
  return [
    { ...facts, under: some(under).slice(1) },
    { ...facts, under: [] },
    { ...facts, value: "elsewhere" },
  ];
}
