import type { JsonNode } from "../../schema/json/parse.ts";
import { escapeToken, parsePointer } from "../../schema/json/pointer.ts";
import { closest, looksLike } from "../diagnostics/suggest.ts";
import { type Problem, problem } from "./problem.ts";
import type { SchemaError } from "./schema.ts";
import type { TreeIndex } from "./tree.ts";
import { describePlace } from "./words.ts";

/** A member by a wrong name: it is read as the one that was meant. */
export function misspelt(parent: string, name: string, meant: string): Problem {
  const from = `${parent}/${escapeToken(name)}`;
  const place = describePlace(parsePointer(parent));
  const suggestion = [{ op: "move" as const, from, path: `${parent}/${escapeToken(meant)}` }];
  return problem(
    "key/unknown",
    from,
    { name, place, meant, disguised: looksLike(name, meant) },
    { do: "rename", pointer: from, to: meant },
    { at: "key", suggestion },
  );
}

/** A budget of external calls that is needed and misspelt: to the schema it is a meter like any other. */
export function misspeltExternalCalls(index: TreeIndex): Problem | undefined {
  const name = "externalCalls";
  if (
    index.has(`/budgets/${name}`) ||
    !namesAt(index.get("/effects")?.node).some((effect) => isExternal(effect, index))
  ) {
    return undefined;
  }
  const slip = misspeltBudget({ pointer: "/budgets", tokens: ["budgets"] }, name, index);
  return slip === undefined ? undefined : misspelt("/budgets", slip, name);
}

function isExternal(effect: string, index: TreeIndex): boolean {
  const node = index.get(`/effects/${escapeToken(effect)}/external`)?.node;
  return node?.kind === "boolean" && node.value;
}

/** `call` for `calls` in `session`, `action` for `actions` in `budgets`: free names there, but not ones that anything declares. */
export function misspeltBudget(
  { pointer, tokens }: Pick<SchemaError, "pointer" | "tokens">,
  name: string,
  index: TreeIndex,
): string | undefined {
  const isSession = tokens.length === 3 && tokens[2] === "session";
  if (!isSession && pointer !== "/budgets") return undefined;
  const declared = isSession
    ? namesAt(index.get(`${pointer.slice(0, -"/session".length)}/fields`)?.node)
    : ["actions", "externalCalls", ...fedMeters(index)];
  return namesAt(index.get(pointer)?.node).find(
    (other) => !declared.includes(other) && closest(other, [name]) === name,
  );
}

/** The names of an object's members. */
export function namesAt(node: JsonNode | undefined): readonly string[] {
  return node?.kind === "object" ? node.members.map((member) => member.name) : [];
}

function fedMeters(index: TreeIndex): readonly string[] {
  return namesAt(index.get("/effects")?.node).flatMap((effect) =>
    namesAt(index.get(`/effects/${escapeToken(effect)}/consumes`)?.node),
  );
}
