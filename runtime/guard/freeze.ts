/** So that neither the tool nor anyone else changes what was verified. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(Object.freeze(value))) freezeDeep(member);
  return value;
}
