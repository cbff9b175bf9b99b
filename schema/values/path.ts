import type { NameValue } from "../request.ts";
import { hasHidden, mapsToAscii } from "./characters.ts";
import { hiddenByEscapes } from "./escapes.ts";
import { accept, type Parsed, refuse } from "./parsed.ts";

// A path stands below every folder above it, so that its names take the square of its length: unbounded, one argument of 1 MiB fills the memory.
const greatestLength = 4096;
const mostSegments = 128;

/**
 * A file path, absolute or relative to `base` (an absolute path): `//` and `.` collapsed, no trailing slash. Below itself and every
 * parent folder up to `/`. Refuses any `..` segment, `~` at the start, NUL and other hidden characters, backslashes, characters
 * outside ASCII that fold to ASCII, what of all this escapes hide (SPEC §4), and more than 128 segments.
 */
export function parsePath(text: string, base?: string): Parsed<NameValue> {
  if (text === "") return refuse("a path");
  if (text.startsWith("~")) return refuse("a path that does not start with `~`");
  if (text.includes("\\")) return refuse("a path without backslashes");
  if (hasHidden(text) || mapsToAscii(text)) return refuse("a path without look-alike or invisible characters");
  const hidden = hiddenByEscapes(text);
  if (hidden !== undefined) return refuse(`a path without ${hidden}`);
  if (!text.startsWith("/") && base === undefined) return refuse("an absolute path");
  const full = text.startsWith("/") ? text : `${base}/${text}`;
  const segments = full.split("/").filter((segment) => segment !== "" && segment !== ".");
  if (segments.includes("..")) return refuse("a path without `..`", resolved(segments));
  return pathName(segments);
}

/** The path of these segments below itself and every folder above it, nearest first. Refuses more than 128 segments or 4,096 characters. */
export function pathName(segments: readonly string[]): Parsed<NameValue> {
  const length = segments.reduce((sum, segment) => sum + 1 + segment.length, 0);
  if (segments.length > mostSegments || length > greatestLength) {
    return refuse(`a path of at most ${mostSegments} segments and ${greatestLength} characters`);
  }
  const under = ["/"];
  let path = "";
  for (const segment of segments) {
    path += `/${segment}`;
    under.push(path);
  }
  under.reverse();
  return accept({ value: under[0] ?? "/", under });
}

function resolved(segments: readonly string[]): string {
  const stack: string[] = [];
  for (const segment of segments) {
    if (segment === "..") stack.pop();
    else stack.push(segment);
  }
  return `/${stack.join("/")}`;
}
