/** Folders that are damaged in any other way than by a byte: they do not load, in memory or from disk. */
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ArtefactsRefused } from "../../runtime/index.ts";
import { loadFolder } from "../../runtime/node/index.ts";
import { type Artefacts, artefactFiles } from "../../schema/artefacts.ts";
import { host, openFolders, verdictsOf } from "./folders.ts";

const [whole, ...others] = await openFolders();
const files = [...whole.artefacts.keys()];
const bytesOf = (file: string) => whole.artefacts.get(file) ?? new Uint8Array();
const having = (file: string, bytes: Uint8Array): Artefacts => new Map([...whole.artefacts, [file, bytes]]);
const without = (file: string): Artefacts => new Map([...whole.artefacts].filter(([path]) => path !== file));
const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const utf8 = new TextEncoder();
const isEqual = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, at) => byte === b[at]);

function expectRefused(artefacts: Artefacts): void {
  expect(() => host.load(artefacts)).toThrow(ArtefactsRefused);
}

test("the whole folder loads", () => {
  expect(verdictsOf(whole, host.load(whole.artefacts))).toContain('"allow"');
});

describe.each(files)("%s", (file) => {
  const bytes = bytesOf(file);

  test.each([
    ["missing", without(file)],
    ["empty", having(file, new Uint8Array())],
    ["cut by a byte at its end", having(file, bytes.slice(0, -1))],
    ["cut by a byte at its start", having(file, bytes.slice(1))],
    ["cut in half", having(file, bytes.slice(0, bytes.length / 2))],
    ["followed by a NUL", having(file, joined(bytes, Uint8Array.of(0)))],
    ["followed by a line break", having(file, joined(bytes, utf8.encode("\n")))],
    ["followed by itself", having(file, joined(bytes, bytes))],
    ["behind a byte order mark", having(file, joined(utf8.encode("\ufeff"), bytes))],
    ["under another name", new Map([...without(file), [`${file}.bak`, bytes]])],
    ["in a folder", new Map([...without(file), [`x/${file}`, bytes]])],
    ["under its name in capitals", new Map([...without(file), [file.toUpperCase(), bytes]])],
  ])("%s", (_, artefacts) => {
    expectRefused(artefacts);
  });

  test("in the place of any other, and that in its place", () => {
    for (const other of files.filter((each) => !isEqual(bytesOf(each), bytes)))
      expectRefused(new Map([...whole.artefacts, [file, bytesOf(other)], [other, bytes]]));
  });

  test("of another folder, where that has another", () => {
    for (const { artefacts } of others) {
      const foreign = artefacts.get(file);
      if (foreign !== undefined && !isEqual(foreign, bytes)) expectRefused(having(file, foreign));
    }
  });
});

test.each([
  "",
  ".",
  "x",
  "bundle/x.rego",
  "policy.cedar ",
  "../policy.cedar",
  "bundle/../x",
  "__proto__",
  "constructor",
])("a file more, named %j", (file) => {
  expectRefused(having(file, bytesOf(artefactFiles.cedar)));
  expectRefused(having(file, new Uint8Array()));
});

describe("the manifest in other words", () => {
  const text = new TextDecoder().decode(bytesOf(artefactFiles.manifest));
  const value: Readonly<Record<string, unknown>> = JSON.parse(text);
  const backwards = (object: object) => Object.fromEntries(Object.entries(object).toReversed());
  const tokens = [...text.matchAll(/[{}[\],:]/g)].map(({ index }) => index);

  test.each([
    ["its keys in another order", `${JSON.stringify(backwards(value))}\n`],
    ["its files in another order", `${JSON.stringify({ ...value, files: backwards(value.files ?? {}) })}\n`],
    ["laid out", `${JSON.stringify(value, null, 2)}\n`],
    ["a key twice", text.replace("{", '{"ambit":"1",')],
    ["a key more", text.replace("{", '{"a":"1",')],
    ["a file more", text.replace('"files":{', `"files":{"a":${JSON.stringify(value.envelope)},`)],
    ["an escape", text.replace('"ambit"', '"\\u0061mbit"')],
    ["a comment", text.replace("{", "{/**/")],
    ["no line break at its end", text.trimEnd()],
    ["another line break at its end", text.replace("\n", "\r\n")],
    ["digests in capitals", text.replace(/sha256:[0-9a-f]*/, (digest) => `sha256:${digest.slice(7).toUpperCase()}`)],
  ])("%s", (_, changed) => {
    expect(changed).not.toBe(text);
    expectRefused(having(artefactFiles.manifest, utf8.encode(changed)));
  });

  test.each([" ", "\n", "\t", "\0", "\ufeff", ","])("%j before any of its tokens", (space) => {
    for (const at of tokens)
      expectRefused(having(artefactFiles.manifest, utf8.encode(text.slice(0, at) + space + text.slice(at))));
  });
});

describe("on disk", () => {
  const scratch = mkdtempSync(join(tmpdir(), "ambit-damaged-"));
  afterAll(() => rmSync(scratch, { recursive: true }));

  function written(): string {
    const folder = mkdtempSync(join(scratch, "folder-"));
    for (const [path, bytes] of whole.artefacts) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    return folder;
  }

  const loads = async (folder: string) => verdictsOf(whole, host.load(await loadFolder(folder)));
  const strange: Readonly<Record<string, (path: string, aside: string) => void>> = {
    "a link to the very same file": (path, aside) => symlinkSync(aside, path),
    "a link to nothing": (path) => symlinkSync(join(scratch, "nothing"), path),
    "a link to itself": (path) => symlinkSync(path, path),
    "a link to an endless device": (path) => symlinkSync("/dev/zero", path),
    "a pipe": (path) => execFileSync("mkfifo", [path]),
  };

  test("the whole folder loads, with hard links and empty folders: they hold no other bytes", async () => {
    const folder = written();
    expect(await loads(folder)).toContain('"allow"');
    const path = join(folder, artefactFiles.cedar);
    renameSync(path, join(scratch, "policy"));
    linkSync(join(scratch, "policy"), path);
    mkdirSync(join(folder, "empty"));
    expect(await loads(folder)).toContain('"allow"');
  });

  describe.each([artefactFiles.source, artefactFiles.cedar, artefactFiles.data, artefactFiles.manifest])(
    "%s",
    (file) => {
      test.each(Object.entries(strange))("is %s: refused by its name, and not read", async (_, put) => {
        const folder = written();
        const path = join(folder, file);
        const aside = join(scratch, `aside-${file.replace("/", "-")}`);
        renameSync(path, aside);
        put(path, aside);
        await expect(loads(folder)).rejects.toThrow(`artefact \`${file}\` is not a file of its own`);
      });

      test("is a folder, empty or with itself in it: refused", async () => {
        const folder = written();
        const path = join(folder, file);
        rmSync(path);
        mkdirSync(path);
        await expect(loads(folder)).rejects.toThrow(ArtefactsRefused);
        writeFileSync(join(path, "x"), bytesOf(file));
        await expect(loads(folder)).rejects.toThrow(ArtefactsRefused);
      });
    },
  );

  test.each(Object.entries(strange))("a file more, which is %s: refused, and not read", async (_, put) => {
    const folder = written();
    put(join(folder, "more"), join(folder, artefactFiles.cedar));
    await expect(loads(folder)).rejects.toThrow("artefact `more` is not a file of its own");
  });

  test("a folder of it that is a link is refused", async () => {
    const folder = written();
    const aside = join(scratch, "aside-bundle");
    renameSync(join(folder, "bundle"), aside);
    symlinkSync(aside, join(folder, "bundle"));
    await expect(loads(folder)).rejects.toThrow("artefact `bundle` is not a file of its own");
  });
});
