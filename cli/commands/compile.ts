/** `ambit compile`: one envelope into an artefact folder, whole or not at all (SPEC §6). */
import { readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { compile } from "../../compiler/compile.ts";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { comparedWith } from "../../compiler/read/catalogue.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { severitiesOf } from "../../compiler/read/severities.ts";
import type { Notice } from "../../compiler/targets/target.ts";
import { type TargetOnDemand, targetsOnDemand } from "../../compiler/targets/targets.ts";
import type { AddCommand } from "../command.ts";
import { expectEnvelope } from "../expect-envelope.ts";
import { printFindings } from "../findings.ts";
import { type ExitCode, type Io, UsageError, write } from "../io.ts";
import { readable } from "../open.ts";
import { readRegistry } from "../registry.ts";
import { readTemplateFile } from "../template.ts";
import { OutputRefused, writeArtefacts } from "../write-folder.ts";

interface CompileOptions {
  readonly output: string;
  readonly target?: readonly TargetOnDemand[];
  readonly registry?: string;
  readonly template?: string;
  readonly strict?: true;
  readonly json?: true;
}

const example = `
Example:
  $ ambit compile envelope.json -o out/

  $ ambit compile envelope.json -o out/ --target avp

Writes policy.cedar, schema.cedarschema, an OPA bundle, policy.wasm, types for programs (types.ts),
the sheet to sign (envelope.md), boundary vectors and manifest.json.
Nothing is written when the envelope has an error, or a warning with --strict.`;

export const addCompile: AddCommand = (program: Command, io, exit) => {
  program
    .command("compile")
    .description("compile an envelope to Cedar policies and an OPA bundle")
    .argument("<envelope.json>", "the envelope")
    .requiredOption("-o, --output <folder>", "where to write; a folder that Ambit wrote is replaced")
    .addOption(
      new Option("--target <name...>", "write besides: avp (for Amazon Verified Permissions), cedar-json").choices(
        Object.keys(targetsOnDemand),
      ),
    )
    .option("--strict", "take warnings for errors")
    .option("--template <file>", "compare what is forbidden with the catalogue of the envelope's template")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (file: string, options: CompileOptions) => exit(await runCompile(file, options, io)));
};

async function runCompile(file: string, options: CompileOptions, io: Io): Promise<ExitCode> {
  const source = await readable(file, () => readFile(file));
  expectEnvelope(file, source);
  const registry = await readRegistry(options.registry);
  const known = registry === undefined ? {} : { registry };
  const template = options.template === undefined ? undefined : await readTemplateFile(options.template, registry, io);
  if (options.template !== undefined && template === undefined) return 1;
  const compiled = compile(source, { targets: options.target ?? [], ...known });
  const { artefacts, manifest, notices } = compiled;
  const { diagnostics } = template === undefined ? compiled : comparedWith(readEnvelope(source, known), template);
  const { error, warning } = severitiesOf([...diagnostics, ...notices]);
  const refused = error > 0 || (options.strict === true && warning > 0);
  if (!options.json) {
    await printFindings(file, diagnostics, io);
    await printNotices(file, notices, io);
  }
  const written = artefacts !== undefined && !refused;
  if (written) await writeOrRefuse(options.output, artefacts);
  if (options.json) {
    const digests = written
      ? {
          output: options.output,
          envelope: manifest?.envelope,
          policy: manifest?.policy,
          files: [...artefacts.keys()].sort(),
        }
      : {};
    await write(io.stdout, `${JSON.stringify({ file, ok: written, diagnostics, notices, ...digests })}\n`);
  } else if (written) {
    await write(
      io.stdout,
      `wrote ${artefacts.size} files to ${options.output}\n  envelope ${manifest?.envelope}\n  policy   ${manifest?.policy}\n`,
    );
  }
  return written ? 0 : 1;
}

async function printNotices(file: string, notices: readonly Notice[], io: Io): Promise<void> {
  for (const { severity, message, bounds = [] } of notices) {
    await write(io.stderr, `${[`${makeVisible(file)}: ${severity}: ${message}`, ...bounds].join("\n    ")}\n`);
  }
}

async function writeOrRefuse(folder: string, artefacts: Parameters<typeof writeArtefacts>[1]): Promise<void> {
  try {
    await writeArtefacts(folder, artefacts);
  } catch (error) {
    if (error instanceof OutputRefused) throw new UsageError(error.message);
    if (error instanceof Error && "code" in error) throw new UsageError(`cannot write \`${folder}\`: ${error.message}`);
    throw error;
  }
}
