/** Signed notes (c2sp.org/signed-note): a text, an empty line, and a line for each signature. */
import { decodeBase64, encodeBase64 } from "./base64.ts";

export interface NoteSignature {
  /** The key's name. */
  readonly name: string;
  /** The key's id, an unsigned number of 32 bits. */
  readonly id: number;
  readonly signature: Uint8Array;
}

export interface Note {
  /** What is signed: it ends with a line break. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** `reason` is the rest of a sentence that begins with the note. */
export type Parsed<Form> = ({ readonly ok: true } & Form) | { readonly ok: false; readonly reason: string };

const largestBytes = 1 << 20;
const mostSignatures = 100;
const idBytes = 4;
const dash = "—";

export function isKeyName(name: string): boolean {
  return name !== "" && name.isWellFormed() && !/[\p{White_Space}+]/u.test(name);
}

/** Text that a note can hold and give back unchanged. */
export function isNoteText(text: string): boolean {
  return text.endsWith("\n") && text.isWellFormed() && !/[\0-\x09\x0b-\x1f]/.test(text);
}

/** Of a text and names that the two functions above admit. */
export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(formatSignature).join("")}`;
}

function formatSignature({ name, id, signature }: NoteSignature): string {
  const bytes = new Uint8Array(idBytes + signature.length);
  new DataView(bytes.buffer).setUint32(0, id);
  bytes.set(signature, idBytes);
  return `${dash} ${name} ${encodeBase64(bytes)}\n`;
}

/** The note's form only: nothing in it is to be believed before a signature has been verified. */
export function parseNote(note: string | Uint8Array): Parsed<Note> {
  if (note.length > largestBytes) return refuse(`is larger than ${largestBytes} bytes`);
  const whole = typeof note === "string" ? note : decodeUtf8(note);
  if (whole === undefined || !whole.isWellFormed()) return refuse("is no UTF-8");
  if (!isNoteText(whole)) return refuse("has a control character, or no line break at its end");
  const end = whole.lastIndexOf("\n\n");
  if (end === -1) return refuse("has no empty line before its signatures");
  const lines = whole.slice(end + 2, -1).split("\n");
  if (lines.length > mostSignatures) return refuse(`has more than ${mostSignatures} signatures`);
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) return refuse("has a line after its text that is no signature");
    signatures.push(signature);
  }
  return { ok: true, text: whole.slice(0, end + 1), signatures };
}

function parseSignature(line: string): NoteSignature | undefined {
  const [start, name = "", base64 = "", ...rest] = line.split(" ");
  const bytes = decodeBase64(base64);
  if (start !== dash || !isKeyName(name) || rest.length > 0 || bytes === undefined) return undefined;
  if (bytes.length <= idBytes) return undefined;
  return { name, id: new DataView(bytes.buffer).getUint32(0), signature: bytes.subarray(idBytes) };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
