/** Signed notes, against published ones and against whoever changes them. */
import { describe, expect, test } from "vitest";
import type { Signer } from "../../runtime/authority/keys.ts";
import { parseNote } from "../../runtime/ledger/checkpoint/note.ts";
import { formatNoteKey, type NoteKey, noteKey, parseNoteKey } from "../../runtime/ledger/checkpoint/note-key.ts";
import { openNote, signNote } from "../../runtime/ledger/checkpoint/signed-note.ts";
import { keyPair } from "../authority/key-pairs.ts";

/** From the tests of Go's `sumdb/note`, and from an implementation in Elixir. */
const published = [
  {
    key: "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
    signature:
      "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
  },
  {
    key: "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    text: "This is an example message.\n",
    signature:
      "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
  },
];

const name = "gateway.example/log";
const text = "first line\n\nthird line\n";
const { signer, key } = await keyPair("a");
const other = await keyPair("b");
const known = noteKey(name, key.bytes);
const note = await written(text, [signer]);

async function written(text: string, signers: readonly Signer[], as = name): Promise<string> {
  const signed = await signNote(text, as, signers);
  if (!signed.ok) throw new Error(signed.reason);
  return signed.note;
}

const lineOf = (note: string) => note.slice(note.lastIndexOf("\n\n") + 2);
const refused = (reason: RegExp) => ({ ok: false, reason: expect.stringMatching(reason) });

describe("published notes", () => {
  test.each(published)("of $key", async ({ key, text, signature }) => {
    const verifier = parseNoteKey(key)!;
    expect(formatNoteKey(verifier)).toBe(key);
    expect(await openNote(`${text}\n${signature}`, [verifier])).toEqual({ ok: true, text, signedBy: [verifier] });
    expect(await openNote(`${text} \n${signature}`, [verifier])).toMatchObject({ ok: false });
  });
});

describe("a note is refused", () => {
  test("with any byte changed", async () => {
    const bytes = new TextEncoder().encode(note);
    for (const at of bytes.keys()) {
      const changed = bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte));
      expect((await openNote(changed, [known])).ok, `byte ${at}`).toBe(false);
    }
  });

  test("cut off anywhere", async () => {
    for (let end = 0; end < note.length; end++) expect((await openNote(note.slice(0, end), [known])).ok).toBe(false);
  });

  test.each([
    { given: "no signature", note: "text\n\n", want: /no signature/ },
    { given: "no empty line", note: "text\n— a AAAAAAA=\n", want: /no empty line/ },
    { given: "a hyphen for the dash", note: note.replace("— ", "- "), want: /no signature/ },
    { given: "two spaces after the dash", note: note.replace("— ", "—  "), want: /no signature/ },
    { given: "text behind the signature", note: note.replace(/\n$/, " x\n"), want: /no signature/ },
    { given: "a plus in the key's name", note: note.replace("— ", "— a+"), want: /no signature/ },
    { given: "a wide space in the key's name", note: note.replace("— ", "— a\u2003"), want: /no signature/ },
    { given: "base64 without padding", note: note.replace(/=+\n$/, "\n"), want: /no signature/ },
    { given: "base64 for the web", note: "text\n\n— a AAAAAA-_\n", want: /no signature/ },
    { given: "bits behind the last byte", note: "text\n\n— a AAAAAAB=\n", want: /no signature/ },
    { given: "no bytes after the id", note: "text\n\n— a AAAAAA==\n", want: /no signature/ },
    { given: "a carriage return", note: note.replace("line\n", "line\r\n"), want: /control character/ },
    { given: "a null character", note: note.replace("line", "li\0ne"), want: /control character/ },
    { given: "a lone surrogate", note: note.replace("line", "\ud800"), want: /no UTF-8/ },
    { given: "bytes that are no UTF-8", note: Uint8Array.of(0xff, 10, 10), want: /no UTF-8/ },
    { given: "101 signatures", note: note + lineOf(note).repeat(100), want: /more than 100/ },
    { given: "more than a megabyte", note: "x".repeat(1 << 20) + note, want: /larger/ },
  ])("with $given", async ({ note, want }) => {
    expect(await openNote(note, [known])).toEqual(refused(want));
  });

  test("when nobody who signed it is known", async () => {
    expect(await openNote(note, [])).toEqual(refused(/not signed by a known key/));
    expect(await openNote(note, [noteKey(name, other.key.bytes)])).toEqual(refused(/not signed by a known key/));
    expect(await openNote(note, [noteKey("gateway.example/other", key.bytes)])).toEqual(refused(/not signed/));
  });

  test("for one wrong signature of a known key, beside right ones", async () => {
    const elsewhere = lineOf(await written("other text\n", [signer]));
    expect(await openNote(note + elsewhere, [known])).toEqual(refused(/wrong signature/));
    expect(await openNote(note.replace(lineOf(note), elsewhere + lineOf(note)), [known])).toEqual(
      refused(/wrong signature/),
    );
  });

  test("when another key's signature bears the known key's id", async () => {
    const disguised: NoteKey = { ...noteKey(name, other.key.bytes), id: known.id };
    expect(await openNote(note, [disguised])).toEqual(refused(/wrong signature/));
    expect(await openNote(note, [known, disguised])).toEqual(refused(/share/));
  });
});

describe("a note is opened", () => {
  test("with its text as it was signed, empty lines in it", async () => {
    expect(await openNote(note, [known])).toEqual({ ok: true, text, signedBy: [known] });
    expect(await openNote(new TextEncoder().encode(note), [known])).toEqual({ ok: true, text, signedBy: [known] });
  });

  test("past signatures of unknown keys, those with a known name or a known id among them", async () => {
    const sameName = lineOf(await written("other text\n", [other.signer]));
    const bytes = Buffer.from(lineOf(note).split(" ")[2]!, "base64");
    const sameId = `— somebody.example ${bytes.fill(7, 4).toString("base64")}\n`;
    const opened = await openNote(note + sameName + sameId, [known]);
    expect(opened).toEqual({ ok: true, text, signedBy: [known] });
  });

  test("by each of two keys, as while keys rotate", async () => {
    const twice = await written(text, [signer, other.signer]);
    const next = noteKey(name, other.key.bytes);
    expect(await openNote(twice, [known])).toEqual({ ok: true, text, signedBy: [known] });
    expect(await openNote(twice, [next])).toEqual({ ok: true, text, signedBy: [next] });
    expect(await openNote(twice, [next, known])).toEqual({ ok: true, text, signedBy: [known, next] });
  });

  test("with a hundred signatures", async () => {
    expect((await openNote(note + lineOf(note).repeat(99), [known])).ok).toBe(true);
  });
});

describe("no note is written", () => {
  test.each([
    { given: "of a text without line break at its end", text: "text", as: name },
    { given: "of a text with a control character", text: "te\txt\n", as: name },
    { given: "of a text with a lone surrogate", text: "\udfff\n", as: name },
    { given: "under a name with a space", text, as: "a b" },
    { given: "under a name with a plus", text, as: "a+b" },
    { given: "under no name", text, as: "" },
  ])("$given", async ({ text, as }) => {
    expect((await signNote(text, as, [signer])).ok).toBe(false);
  });

  test("without a signer, or when one cannot sign", async () => {
    const away: Signer = { ...signer, kid: "hsm", sign: () => Promise.reject(new Error("unreachable")) };
    expect(await signNote(text, name, [])).toEqual(refused(/no signature/));
    expect(await signNote(text, name, [signer, away])).toEqual(refused(/could not be signed by `hsm`/));
  });

  test("that could not be read again", async () => {
    for (const text of ["\n", "\n\n", "— a AAAAAAA=\n", "\ufeffa\n"]) {
      const signed = await written(text, [signer]);
      expect(parseNote(new TextEncoder().encode(signed))).toMatchObject({ ok: true, text });
    }
  });
});

describe("a verifier's key is refused", () => {
  const good = published[0]!.key;
  test.each([
    { given: "with another id", key: good.replace("c74f20a3", "c74f20a4") },
    { given: "with another name", key: good.replace("Peter", "Petra") },
    { given: "with its id in capitals", key: good.replace("c74f20a3", "C74F20A3") },
    { given: "of another type", key: good.replace("+AR", "+BR") },
    { given: "cut short", key: good.slice(0, -4) },
    { given: "with a space in its name", key: good.replace("Peter", "Peter ") },
    { given: "without its name", key: good.replace("PeterNeumann", "") },
    { given: "with a line break", key: `${good}\n` },
  ])("$given", ({ key }) => {
    expect(parseNoteKey(key)).toBeUndefined();
  });
});
