/** A foreign document as an importer reads it: what it says by pointer, and what became of each line of it. */
import { escapeToken } from "../../schema/json/pointer.ts";
import { parseInteger } from "../../schema/values/integer.ts";
import { isBlank } from "../read/blank.ts";
import { type Document, parentOf } from "../read/document.ts";
import { indexTree } from "../read/tree.ts";

export interface Row {
  readonly line: number;
  readonly column: number;
  /** Into the source. */
  readonly pointer: string;
  /** `blank`: the source says something, and a person has to say what it means. */
  readonly outcome: "carried" | "blank" | "refused";
  /** Into the draft. */
  readonly to?: string;
  readonly why?: string;
}

export interface Source {
  has(pointer: string): boolean;
  /** Undefined where there is nothing, or no text that says something. */
  text(pointer: string): string | undefined;
  /** Undefined where there is no integer in plain digits. */
  integer(pointer: string): number | undefined;
  flag(pointer: string): boolean | undefined;
  /** Undefined where there is no list, or one with anything but text in it. */
  texts(pointer: string): readonly string[] | undefined;
  isEmpty(pointer: string): boolean;
  /** The value as it is written. */
  written(pointer: string): string;
  /** The pointers of an object's members or a list's elements, with their names; none for anything else. */
  children(pointer: string): readonly Child[];
  carried(pointer: string, to: string, why?: string): void;
  left(pointer: string, to: string, why: string): void;
  refused(pointer: string, why: string): void;
  /** The uppermost values about which, and about whose parts, nothing has been said. */
  unread(): readonly string[];
  /** By position in the source. */
  rows(): readonly Row[];
}

export interface Child {
  readonly name: string;
  readonly pointer: string;
}

export function openSource(document: Document): Source {
  const rows: Row[] = [];
  const { nodeAt } = document;
  const note = (pointer: string, row: Pick<Row, "outcome" | "to" | "why">) => {
    rows.push({ ...document.position(pointer), pointer, ...row });
  };
  return {
    has: (pointer) => nodeAt(pointer) !== undefined,
    text(pointer) {
      const node = nodeAt(pointer);
      return node?.kind === "string" && node.value.trim() !== "" ? node.value : undefined;
    },
    integer(pointer) {
      const node = nodeAt(pointer);
      const parsed = node?.kind === "number" ? parseInteger(node.text) : undefined;
      return parsed?.ok ? parsed.value : undefined;
    },
    flag(pointer) {
      const node = nodeAt(pointer);
      return node?.kind === "boolean" ? node.value : undefined;
    },
    texts(pointer) {
      const node = nodeAt(pointer);
      if (node?.kind !== "array") return undefined;
      const texts = node.elements.flatMap((element) => (element.kind === "string" ? [element.value] : []));
      return texts.length === node.elements.length ? texts : undefined;
    },
    isEmpty(pointer) {
      const node = nodeAt(pointer);
      return node !== undefined && node.kind !== "number" && isBlank(node);
    },
    written(pointer) {
      const node = nodeAt(pointer);
      return node === undefined ? "" : document.text.slice(node.start, node.end);
    },
    children(pointer) {
      const node = nodeAt(pointer);
      if (node?.kind === "array")
        return node.elements.map((_, index) => ({ name: String(index), pointer: `${pointer}/${index}` }));
      if (node?.kind !== "object") return [];
      return node.members.map(({ name }) => ({ name, pointer: `${pointer}/${escapeToken(name)}` }));
    },
    carried: (pointer, to, why) => note(pointer, { outcome: "carried", to, ...(why === undefined ? {} : { why }) }),
    left: (pointer, to, why) => note(pointer, { outcome: "blank", to, why }),
    refused: (pointer, why) => note(pointer, { outcome: "refused", why }),
    unread: () => unreadOf(document, new Set(rows.map(({ pointer }) => pointer))),
    rows: () => rows.toSorted((a, b) => a.line - b.line || a.column - b.column),
  };
}

function unreadOf(document: Document, read: ReadonlySet<string>): readonly string[] {
  const aboveRead = new Set([...read].flatMap(ancestorsOf));
  const isUnread = (pointer: string) =>
    !read.has(pointer) && !aboveRead.has(pointer) && !ancestorsOf(pointer).some((above) => read.has(above));
  const pointers = [...indexTree(document.root).keys()].filter((pointer) => pointer !== "" && isUnread(pointer));
  return pointers.filter((pointer) => !isUnread(parentOf(pointer)) || parentOf(pointer) === "");
}

function ancestorsOf(pointer: string): readonly string[] {
  const above: string[] = [];
  for (let at = pointer; at !== ""; ) {
    at = parentOf(at);
    above.push(at);
  }
  return above;
}
