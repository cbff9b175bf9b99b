/** The TypeScript command line over programs that are written for a test, all of them in one run. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface TypeError {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");

/** A library, and so a file of types in it, must compile under the strictest settings of those who use it. */
const strictest = {
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
};

export function typeErrors(
  files: Readonly<Record<string, string>>,
  settings: object = strictest,
): readonly TypeError[] {
  const folder = mkdtempSync(join(tmpdir(), "ambit-types-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const compilerOptions = {
      strict: true,
      noEmit: true,
      types: [],
      lib: ["es2022"],
      module: "nodenext",
      allowImportingTsExtensions: true,
      ...settings,
    };
    const config = { compilerOptions, files: Object.keys(files) };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const { status, stdout, stderr } = spawnSync(tsc, ["-p", folder, "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
    });
    const errors = [...stdout.matchAll(/^(\S+?)\((\d+),\d+\): error (TS\d+): (.*)$/gm)].map(
      ([, file = "", line, code = "", message = ""]) => ({ file, line: Number(line), code, message }),
    );
    if (status !== 0 && errors.length === 0) throw new Error(`tsc said: ${stdout}${stderr}`);
    return errors;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
