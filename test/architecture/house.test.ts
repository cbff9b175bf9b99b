import { describe, expect, test } from "vitest";
import { importsOf, loadedBy, sourceFiles, sourceOf } from "./imports.ts";

const rooms = ["schema", "compiler", "runtime", "cli", "policies"] as const;
const mayImport: Readonly<Record<(typeof rooms)[number], readonly string[]>> = {
  schema: ["schema"],
  policies: ["policies", "schema"],
  compiler: ["compiler", "policies", "schema"],
  runtime: ["runtime", "schema"],
  cli: ["cli", "compiler", "runtime", "policies", "schema"],
};

describe("the rooms", () => {
  test.each(rooms)("%s imports only the rooms it may", (room) => {
    const strays = sourceFiles(room).flatMap((file) =>
      importsOf(file)
        .map(({ target }) => target)
        .filter((target) => /^(schema|compiler|runtime|cli|policies|examples|test)\//.test(target))
        .filter((target) => !mayImport[room].includes(target.split("/")[0]!))
        .map((target) => `${file} imports ${target}`),
    );
    expect(sourceFiles(room).length).toBeGreaterThan(0);
    expect(strays).toEqual([]);
  });

  test("the three readings share no lowering code", () => {
    const lowering = [
      /^compiler\/normalise\//,
      /^compiler\/targets\//,
      /^runtime\//,
      /^schema\/(values|cedar|normalised)/,
    ];
    const strays = sourceFiles("schema/reference").flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => lowering.some((pattern) => pattern.test(target)))
        .map(({ target }) => `${file} imports ${target}`),
    );
    expect(strays).toEqual([]);
  });

  test("the reference evaluator takes only types, the table of bounds, canonical JSON and time zones from outside its folder", () => {
    const values = sourceFiles("schema/reference").flatMap((file) => importsOf(file).filter(({ isType }) => !isType));
    const outside = values.map(({ target }) => target).filter((target) => !target.startsWith("schema/reference/"));
    expect([...new Set(outside)].sort()).toEqual([
      "schema/bounds.ts",
      "schema/json/canonical.ts",
      "schema/time/zones.ts",
    ]);
  });
});

describe("the decide path", () => {
  const runtime = sourceFiles("runtime").filter((file) => !file.startsWith("runtime/node/"));
  const loaded = [...new Set([...runtime, ...loadedBy("runtime/index.ts")])];

  test("leads from the entry to both engines, and not into runtime/node/", () => {
    for (const file of ["decide.ts", "decode/decode.ts", "engines/cedar/engine.ts", "engines/rego/engine.ts"])
      expect(loadedBy("runtime/index.ts")).toContain(`runtime/${file}`);
    expect(loaded.filter((file) => file.startsWith("runtime/node/"))).toEqual([]);
  });

  test("imports no module of Node", () => {
    expect(loaded.filter((target) => target.startsWith("node:"))).toEqual([]);
  });

  test("names no global of Node, but where it asks whether there is a faster SHA-256 or base64url", () => {
    const globals =
      /(?<![.\w"'`/])(?:globalThis\.)?(process|Buffer|global|require|__dirname|__filename|setImmediate)(?=[.[(]|\?\.)/;
    const named = loaded
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => globals.test(withoutComments(sourceOf(file))));
    expect(named).toEqual(["runtime/authority/jws/base64url.ts", "schema/json/sha256.ts"]);
  });

  test("asks no clock and no dice", () => {
    const impure =
      /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|getRandomValues|Intl\.|localeCompare|toLocale\w+)/;
    const named = loaded
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => impure.test(withoutComments(sourceOf(file))));
    expect(named).toEqual([]);
  });
});

describe("every file", () => {
  const generated = ["schema/envelope.ts", "schema/ledger.ts", "schema/template.ts"];
  const files = sourceFiles(...rooms, "examples").filter((file) => !generated.includes(file));

  test("is one concept: 250 lines at most", () => {
    expect(files.filter((file) => sourceOf(file).split("\n").length > 251)).toEqual([]);
  });

  test("is no barrel, the entries of the package aside", () => {
    const entries = ["schema", "compiler", "runtime", "runtime/node"].map((folder) => `${folder}/index.ts`);
    const barrels = files.filter((file) => /(^|\n)export (type )?\*/.test(sourceOf(file)));
    expect(barrels.filter((file) => !entries.includes(file))).toEqual([]);
  });

  test("silences no check", () => {
    expect(files.filter((file) => /@ts-(ignore|nocheck|expect-error)|biome-ignore-all/.test(sourceOf(file)))).toEqual(
      [],
    );
  });
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
