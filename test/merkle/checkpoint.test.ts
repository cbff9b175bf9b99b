/** Signed checkpoints: whoever holds one notices when the ledger is cut off or rewritten. */
import { describe, expect, test } from "vitest";
import type { PublicKey } from "../../runtime/authority/keys.ts";
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from "../../runtime/ledger/checkpoint/checkpoint.ts";
import { continuesCheckpoint, holdsCheckpoint } from "../../runtime/ledger/checkpoint/history.ts";
import { signCheckpoint, verifyCheckpoint } from "../../runtime/ledger/checkpoint/signed-checkpoint.ts";
import { signNote } from "../../runtime/ledger/checkpoint/signed-note.ts";
import { proveConsistency } from "../../runtime/ledger/merkle/consistency.ts";
import { emptyRoot, leafHash } from "../../runtime/ledger/merkle/hash.ts";
import { createTree, type Tree } from "../../runtime/ledger/merkle/tree.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { entry } from "./definition.ts";

const origin = "gateway.example/session";
const { signer, key } = await keyPair("a");
const next = await keyPair("b");

function treeOf(count: number, rewritten = -1): Tree {
  const tree = createTree();
  for (let i = 0; i < count; i++) tree.append(leafHash(i === rewritten ? entry(-1) : entry(i)));
  return tree;
}
const rootsOf = (tree: Tree) => (size: number) => tree.rootOf({ start: 0, end: size });
const headOf = (tree: Tree, size = tree.size) => ({ size, root: rootsOf(tree)(size)! });

/** What whoever holds the keys makes of a checkpoint that was signed. */
async function received(checkpoint: Checkpoint, keys: readonly PublicKey[] = [key]): Promise<Checkpoint> {
  const signed = await signCheckpoint(checkpoint, [signer]);
  const verified = await verifyCheckpoint(signed.ok ? signed.note : "", origin, keys);
  if (!verified.ok) throw new Error(verified.reason);
  return verified.checkpoint;
}

const whole = treeOf(100);
const earlier = await received({ origin, head: headOf(whole, 60) });
const refused = (reason: RegExp) => ({ ok: false, reason: expect.stringMatching(reason) });

describe("truncation shows", () => {
  test("to whoever has the ledger and an earlier checkpoint", () => {
    expect(holdsCheckpoint(rootsOf(treeOf(59)), earlier)).toEqual({ ok: false, reason: "truncated" });
    expect(holdsCheckpoint(rootsOf(treeOf(0)), earlier)).toEqual({ ok: false, reason: "truncated" });
    expect(holdsCheckpoint(rootsOf(treeOf(60)), earlier)).toEqual({ ok: true });
    expect(holdsCheckpoint(rootsOf(whole), earlier)).toEqual({ ok: true });
  });

  test("to whoever has two checkpoints only", async () => {
    const later = await received({ origin, head: headOf(treeOf(59)) });
    expect(continuesCheckpoint(earlier, later, [])).toEqual({ ok: false, reason: "truncated" });
  });

  test("also when the ledger has grown again since, with other records", async () => {
    const regrown = treeOf(100, 59);
    expect(holdsCheckpoint(rootsOf(regrown), earlier)).toEqual({ ok: false, reason: "rewritten" });
    const later = await received({ origin, head: headOf(regrown) });
    for (const tree of [whole, regrown]) {
      const proof = proveConsistency(tree, 60, 100);
      const path = proof.ok ? proof.path : [];
      expect(continuesCheckpoint(earlier, later, path)).toEqual({ ok: false, reason: "unproven" });
    }
  });
});

describe("rewriting shows", () => {
  test("of any record before the checkpoint, in the ledger and between checkpoints", async () => {
    for (let at = 0; at < 60; at++) {
      const rewritten = treeOf(100, at);
      expect(holdsCheckpoint(rootsOf(rewritten), earlier)).toEqual({ ok: false, reason: "rewritten" });
      const later = { origin, head: headOf(rewritten) };
      const proof = proveConsistency(rewritten, 60, 100);
      expect(continuesCheckpoint(earlier, later, proof.ok ? proof.path : [])).toEqual({
        ok: false,
        reason: "unproven",
      });
    }
  });

  test("as two checkpoints of one size that differ", async () => {
    const later = await received({ origin, head: headOf(treeOf(60, 3)) });
    expect(continuesCheckpoint(earlier, later, [])).toEqual({ ok: false, reason: "rewritten" });
  });

  test("and growth does not: every earlier size continues in every later one", () => {
    for (let second = 0; second <= 100; second += 7)
      for (let first = 0; first <= second; first++) {
        const proof = proveConsistency(whole, first, second);
        const [old, now] = [headOf(whole, first), headOf(whole, second)];
        const path = proof.ok ? proof.path : [];
        expect(continuesCheckpoint({ origin, head: old }, { origin, head: now }, path)).toEqual({ ok: true });
      }
  });

  test("as another log, where the origins differ", () => {
    const later = { origin: "gateway.example/other", head: headOf(whole) };
    const proof = proveConsistency(whole, 60, 100);
    expect(continuesCheckpoint(earlier, later, proof.ok ? proof.path : [])).toEqual({ ok: false, reason: "other_log" });
  });

  test("a path to the empty tree proves nothing", () => {
    const nothing = { origin, head: headOf(whole, 0) };
    expect(continuesCheckpoint(nothing, earlier, [emptyRoot])).toEqual({ ok: false, reason: "unproven" });
  });
});

describe("a checkpoint", () => {
  test("is written as c2sp.org/tlog-checkpoint has it", () => {
    const root = new Uint8Array(Buffer.from("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "base64"));
    const checkpoint = { origin: "example.com/behind-the-sofa", head: { size: 20852163, root } };
    const text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    expect(formatCheckpoint(checkpoint)).toBe(text);
    expect(parseCheckpoint(text)).toEqual({ ok: true, ...checkpoint });
    expect(parseCheckpoint(`${text}an extension\n`)).toEqual({ ok: true, ...checkpoint });
  });

  const root = Buffer.from(headOf(whole).root).toString("base64");
  const empty = Buffer.from(emptyRoot).toString("base64");
  test.each([
    { given: "no line break at the end", text: `o\n100\n${root}`, want: /lines/ },
    { given: "two lines", text: "o\n100\n", want: /lines/ },
    { given: "an empty origin", text: `\n100\n${root}\n`, want: /lines/ },
    { given: "an empty extension", text: `o\n100\n${root}\n\nx\n`, want: /lines/ },
    { given: "a leading zero", text: `o\n0100\n${root}\n`, want: /size/ },
    { given: "a sign", text: `o\n+100\n${root}\n`, want: /size/ },
    { given: "a hexadecimal size", text: `o\n0x64\n${root}\n`, want: /size/ },
    { given: "a size with a space", text: `o\n100 \n${root}\n`, want: /size/ },
    { given: "digits of another script", text: `o\n١٠٠\n${root}\n`, want: /size/ },
    { given: "a size beyond 2^53", text: `o\n9007199254740993\n${root}\n`, want: /size/ },
    { given: "a short root", text: `o\n100\n${root.slice(4)}\n`, want: /root/ },
    { given: "a root without padding", text: `o\n100\n${root.slice(0, -1)}\n`, want: /root/ },
    { given: "the empty root for a tree with leaves", text: `o\n100\n${empty}\n`, want: /root/ },
    { given: "another root for the empty tree", text: `o\n0\n${root}\n`, want: /root/ },
  ])("is refused with $given", async ({ text, want }) => {
    expect(parseCheckpoint(text)).toEqual(refused(want));
    const signed = await signNote(text, "o", [signer]);
    if (signed.ok) expect(await verifyCheckpoint(signed.note, "o", [key])).toEqual(refused(want));
  });

  test.each([
    { given: "an empty origin", checkpoint: { origin: "", head: headOf(whole) } },
    { given: "an origin of two lines", checkpoint: { origin: "a\n5", head: headOf(whole) } },
    { given: "an origin that is no name of a key", checkpoint: { origin: "a b", head: headOf(whole) } },
    { given: "half a record", checkpoint: { origin, head: { ...headOf(whole), size: 0.5 } } },
    { given: "no hash for a root", checkpoint: { origin, head: { size: 5, root: new Uint8Array(31) } } },
  ])("is not signed with $given", async ({ checkpoint }) => {
    expect((await signCheckpoint(checkpoint, [signer])).ok).toBe(false);
  });

  test("of another log is refused, whoever signed it", async () => {
    const text = formatCheckpoint({ origin: "gateway.example/other", head: headOf(whole) })!;
    const asOther = await signCheckpoint({ origin: "gateway.example/other", head: headOf(whole) }, [signer]);
    expect(await verifyCheckpoint(asOther.ok ? asOther.note : "", origin, [key])).toEqual(
      refused(/not signed by a known/),
    );
    const asThis = await signNote(text, origin, [signer]);
    expect(await verifyCheckpoint(asThis.ok ? asThis.note : "", origin, [key])).toEqual(refused(/another log/));
  });

  test("is verified by the next key while both sign, and not by a key that has left", async () => {
    const both = await signCheckpoint({ origin, head: headOf(whole) }, [signer, next.signer]);
    const alone = await signCheckpoint({ origin, head: headOf(whole) }, [signer]);
    const [first, second] = [both.ok ? both.note : "", alone.ok ? alone.note : ""];
    const verified = await verifyCheckpoint(first, origin, [next.key]);
    expect(verified).toEqual({ ok: true, checkpoint: { origin, head: headOf(whole) }, signedBy: [next.key] });
    expect(await verifyCheckpoint(first, origin, [next.key, key])).toMatchObject({ signedBy: [next.key, key] });
    expect(await verifyCheckpoint(second, origin, [next.key])).toEqual(refused(/not signed by a known key/));
  });
});
