/** How notes name their Ed25519 keys (c2sp.org/signed-note), and how a key is handed to whoever verifies. */
import { sha256Bytes } from "../../../schema/json/sha256.ts";
import { publicKeyBytes } from "../../authority/ed25519.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { isKeyName } from "./note.ts";

export interface NoteKey {
  readonly name: string;
  readonly id: number;
  /** The 32 bytes of RFC 8032. */
  readonly bytes: Uint8Array;
}

const ed25519 = 0x01;
const lineBreak = 0x0a;

/** key id = SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)[:4], big-endian */
export function noteKey(name: string, bytes: Uint8Array): NoteKey {
  const text = new TextEncoder().encode(name);
  const hash = sha256Bytes(Uint8Array.of(...text, lineBreak, ed25519, ...bytes));
  return { name, id: new DataView(hash.buffer, hash.byteOffset).getUint32(0), bytes };
}

/** `name+id+base64`, as tools for transparency logs take it. */
export function formatNoteKey({ name, id, bytes }: NoteKey): string {
  return `${name}+${id.toString(16).padStart(8, "0")}+${encodeBase64(Uint8Array.of(ed25519, ...bytes))}`;
}

/** @returns undefined for what is no Ed25519 key in this form, or bears the id of another one */
export function parseNoteKey(text: string): NoteKey | undefined {
  const [, name = "", , base64 = ""] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text) ?? [];
  const [type, ...bytes] = decodeBase64(base64) ?? [];
  if (type !== ed25519 || bytes.length !== publicKeyBytes || !isKeyName(name)) return undefined;
  const key = noteKey(name, Uint8Array.from(bytes));
  return formatNoteKey(key) === text ? key : undefined;
}
