/** An own member of a map keyed by names; undefined where there is none. Never reaches a prototype. */
export function own<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** An own member of a value of unknown shape; undefined for anything but an object that has it. */
export function ownMember(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

/**
 * Some members of what a host hands over, which may be of a class of its own: each read once, and none that somebody put on
 * `Object.prototype`.
 *
 * @throws what a getter or a proxy throws; TypeError for what is no object
 */
export function membersOf<T extends object>(value: T, ...names: readonly (keyof T & string)[]): Partial<T> {
  const members: Partial<T> = Object.create(null);
  for (const name of names)
    if (Object.hasOwn(value, name) || !(name in Object.prototype)) members[name] = Reflect.get(value, name);
  return members;
}
