/** A request while vectors are made from it: parts of it are changed for as long as a question about it takes. */

export type Json = Record<string, unknown>;

/** Takes away what stands at a path. */
export const missing = Symbol("missing");

/** A value at a path within the request. */
export interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * The largest part of a request that is changed as a whole: a member of it, of its fields, of its state, or of a map of the
 * state. What a bound reads lies in such parts, and two changes meet if and only if they are of one part.
 */
export function partOf(path: readonly string[]): readonly string[] {
  if (path[0] === "fields") return path.slice(0, 2);
  if (path[0] !== "state") return path.slice(0, 1);
  return path.slice(0, stateMaps.has(path[1] ?? "") ? 3 : 2);
}

const stateMaps: ReadonlySet<string> = new Set([
  "meters",
  "velocity",
  "local",
  "approvals",
  "last",
  "produced",
  "evidence",
]);

/** Applies changes in their order, asks, and takes them back. */
export function changed<T>(request: Json, changes: readonly Change[], ask: () => T): T {
  const [first, ...others] = changes;
  if (first === undefined) return ask();
  const part = partOf(first.path);
  const key = part.at(-1) ?? "";
  const container = part
    .slice(0, -1)
    .reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), request);
  if (!isRecord(container)) return changed(request, others, ask);
  const before = Object.hasOwn(container, key) ? container[key] : missing;
  put(container, key, written(before, first.path.slice(part.length), first.value));
  try {
    return changed(request, others, ask);
  } finally {
    put(container, key, before);
  }
}

/** A copy with the value at the path, as far as there is a way to it. */
function written(target: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (!isRecord(target)) return target;
  const copy = { ...target };
  put(copy, key, written(Object.hasOwn(copy, key) ? copy[key] : missing, rest, value));
  return copy;
}

function put(target: Json, key: string, value: unknown): void {
  if (value === missing) delete target[key];
  else target[key] = value;
}

export function valueAt(request: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    request,
  );
}

export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
