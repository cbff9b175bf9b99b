/** `ambit diff`: how one envelope stands to another: narrower, wider, equal, or neither (SPEC §11). */
import { readFile } from "node:fs/promises";
import { widenings } from "../../compiler/order/order.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import type { Envelope } from "../../schema/envelope.ts";
import type { Registry } from "../../schema/registry.ts";
import type { AddCommand } from "../command.ts";
import { newlyAdmitted } from "../diff/newly-admitted.ts";
import { type Relation, told } from "../diff/told.ts";
import { expectEnvelope } from "../expect-envelope.ts";
import { printFindings } from "../findings.ts";
import { type ExitCode, type Io, write } from "../io.ts";
import { readable } from "../open.ts";
import { readRegistry } from "../registry.ts";

interface DiffOptions {
  readonly registry?: string;
  readonly json?: true;
}

const example = `
Examples:
  $ ambit diff envelope.old.json envelope.json
  $ ambit diff envelope.old.json envelope.json --json

\`narrower\`: all that the new one allows, the old one allows. Of all else the places are shown, and calls at the limits of both
that the new one allows and the old one denies, as the decoder and the reference evaluator have it, with the state they need. Exit status 0 if it is narrower or equal.`;

export const addDiff: AddCommand = (program, io, exit) => {
  program
    .command("diff")
    .description("compare two envelopes: what the new one allows that the old one does not")
    .argument("<old>", "an envelope")
    .argument("<new>", "another")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (old: string, now: string, options: DiffOptions) => exit(await runDiff(old, now, options, io)));
};

async function runDiff(oldFile: string, newFile: string, options: DiffOptions, io: Io): Promise<ExitCode> {
  const registry = await readRegistry(options.registry);
  const [before, after] = [await open(oldFile, registry, io), await open(newFile, registry, io)];
  if (before === undefined || after === undefined) return 1;
  const [wider, narrower] = [widenings(after, before), widenings(before, after)];
  const relation = relationOf(wider.length === 0, narrower.length === 0);
  const admitted = wider.length === 0 ? [] : newlyAdmitted(before, after);
  const said = { old: oldFile, new: newFile, relation, widenings: wider, admitted };
  await write(io.stdout, options.json ? `${JSON.stringify(said)}\n` : told(relation, wider, admitted, io));
  return wider.length === 0 ? 0 : 1;
}

async function open(file: string, registry: Registry | undefined, io: Io): Promise<Envelope | undefined> {
  const source = await readable(file, () => readFile(file));
  expectEnvelope(file, source);
  const { envelope, diagnostics } = readEnvelope(source, registry === undefined ? {} : { registry });
  if (envelope === undefined) await printFindings(file, diagnostics, io);
  return envelope;
}

function relationOf(isNarrower: boolean, isWider: boolean): Relation {
  if (isNarrower) return isWider ? "equal" : "narrower";
  return isWider ? "wider" : "incomparable";
}
