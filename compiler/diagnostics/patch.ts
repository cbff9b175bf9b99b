import type { PatchOperation } from "../../schema/diagnostic.ts";
import { parsePointer } from "../../schema/json/pointer.ts";

type Container = Record<string, unknown> | unknown[];

/**
 * The value after the operations (RFC 6902), made on a copy.
 *
 * @throws TypeError where an operation names a place that does not exist
 */
export function applyPatch(value: unknown, operations: readonly PatchOperation[]): unknown {
  const root = { value: structuredClone(value) };
  for (const operation of operations) applyOperation(root, operation);
  return root.value;
}

function applyOperation(root: { value: unknown }, operation: PatchOperation): void {
  switch (operation.op) {
    case "add":
      put(root, operation.path, structuredClone(operation.value), true);
      return;
    case "replace":
      put(root, operation.path, structuredClone(operation.value), false);
      return;
    case "remove":
      take(root, operation.path);
      return;
    case "move":
      put(root, operation.path, take(root, operation.from), true);
  }
}

function put(root: { value: unknown }, pointer: string, value: unknown, insert: boolean): void {
  const { owner, last } = locate(root, pointer);
  if (!Array.isArray(owner)) owner[last] = value;
  else if (last === "-") owner.push(value);
  else owner.splice(Number(last), insert ? 0 : 1, value);
}

function take(root: { value: unknown }, pointer: string): unknown {
  const { owner, last } = locate(root, pointer);
  if (Array.isArray(owner)) return owner.splice(Number(last), 1)[0];
  const taken = owner[last];
  delete owner[last];
  return taken;
}

/** The container of a place: the root is the member `value` of its box. */
function locate(root: { value: unknown }, pointer: string): { owner: Container; last: string } {
  const tokens = ["value", ...parsePointer(pointer)];
  const last = tokens.pop() ?? "value";
  let owner: unknown = root;
  for (const token of tokens)
    owner = isContainer(owner) ? Object.getOwnPropertyDescriptor(owner, token)?.value : undefined;
  if (!isContainer(owner)) throw new TypeError(`there is nothing at \`${pointer}\``);
  return { owner, last };
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}
