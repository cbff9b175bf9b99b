/** A record is proven to whoever has the record, the log's keys and one text. */
import { describe, expect, test } from "vitest";
import { formatRecordProof, verifyRecordProof } from "../../runtime/ledger/checkpoint/record-proof.ts";
import { signCheckpoint } from "../../runtime/ledger/checkpoint/signed-checkpoint.ts";
import { leafHash } from "../../runtime/ledger/merkle/hash.ts";
import { proveInclusion } from "../../runtime/ledger/merkle/inclusion.ts";
import { createTree } from "../../runtime/ledger/merkle/tree.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { entry } from "./definition.ts";

const origin = "gateway.example/session";
const { signer, key } = await keyPair("a");
const other = await keyPair("b");
const size = 11;
const tree = createTree();
for (let i = 0; i < size; i++) tree.append(leafHash(entry(i)));
const signed = await signCheckpoint({ origin, head: { size, root: tree.rootOf({ start: 0, end: size })! } }, [signer]);
const note = signed.ok ? signed.note : "";

function textOf(index: number): string {
  const proof = proveInclusion(tree, index, size);
  return formatRecordProof({ index, path: proof.ok ? proof.path : [], note });
}
const expected = { record: entry(6), origin, keys: [key] };
const text = textOf(6);

describe("a record's proof is refused", () => {
  test.each([
    { given: "for another record", text, expected: { ...expected, record: entry(5) }, want: /does not lead/ },
    { given: "for another log", text, expected: { ...expected, origin: "gateway.example/x" }, want: /checkpoint that/ },
    { given: "by another key", text, expected: { ...expected, keys: [other.key] }, want: /not signed by a known/ },
    { given: "without keys", text, expected: { ...expected, keys: [] }, want: /not signed by a known/ },
    { given: "at another place", text: text.replace("index 6", "index 7"), expected, want: /does not lead/ },
    { given: "beyond the tree", text: text.replace("index 6", "index 11"), expected, want: /beyond the tree/ },
    { given: "with a leading zero", text: text.replace("index 6", "index 06"), expected, want: /no proof/ },
    { given: "with a line left out", text: text.split("\n").toSpliced(3, 1).join("\n"), expected, want: /as long as/ },
    { given: "with a line twice", text: text.replace(/(index 6\n)(.+\n)/, "$1$2$2"), expected, want: /as long as/ },
    { given: "with a path of another form", text: text.replace(/(index 6\n)/, "$1AAAA\n"), expected, want: /no hash/ },
    { given: "with extra data", text: text.replace("index", "extra AAAA\nindex"), expected, want: /no proof/ },
    { given: "of another version", text: text.replace("@v1", "@v2"), expected, want: /no proof/ },
    { given: "that is a checkpoint alone", text: note, expected, want: /no proof/ },
    { given: "that is empty", text: "", expected, want: /no proof/ },
  ])("$given", async ({ text, expected, want }) => {
    expect(await verifyRecordProof(text, expected)).toEqual({ ok: false, reason: expect.stringMatching(want) });
  });

  test("with any byte changed", async () => {
    for (let at = 0; at < text.length; at++) {
      const changed = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
      expect((await verifyRecordProof(changed, expected)).ok, `character ${at}`).toBe(false);
    }
  });
});

test("every record of a ledger is proven, at its place", async () => {
  for (let index = 0; index < size; index++) {
    const verified = await verifyRecordProof(textOf(index), { ...expected, record: entry(index) });
    expect(verified).toMatchObject({ ok: true, index, checkpoint: { origin, head: { size } } });
  }
});

test("the text is as c2sp.org/tlog-proof has it", () => {
  expect(text).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 6\n(.{44}\n){4}\ngateway\.example\/session\n11\n.{44}\n\n— /);
});
