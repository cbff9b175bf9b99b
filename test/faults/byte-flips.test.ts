/**
 * A byte changed anywhere in an artefact folder: it does not load. Every byte of every file of one folder in turn, but for
 * policy.wasm, of which every folder has the same; every bit of its manifest, which vouches for all other files; and samples of
 * the other folders. AMBIT_FLIPS says how many of these are tried, evenly spread; AMBIT_SEED repeats a run.
 */
import { expect, test } from "vitest";
import { ArtefactsRefused } from "../../runtime/index.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import { figure } from "../figure.ts";
import { type Folder, host, openFolders, verdictsOf } from "./folders.ts";

const flips = Number(process.env.AMBIT_FLIPS ?? 500);
const seed = Number(process.env.AMBIT_SEED ?? Math.floor(Math.random() * 2 ** 31));
const samplesEach = 1000;
const mostBytes = 32_768;

interface Flip {
  readonly folder: Folder;
  readonly file: string;
  readonly at: number;
  /** 1 to 255. */
  readonly xor: number;
}

test(`no folder loads with a byte flipped, ${flips} times`, { timeout: 60_000 + flips * 10 }, async () => {
  const [whole, ...others] = await openFolders();
  const all = [...everyByte(whole), ...everyBit(whole, artefactFiles.manifest), ...others.flatMap(samples)];
  const made = all.filter(
    (_, index) => Math.floor((index * flips) / all.length) !== Math.floor(((index - 1) * flips) / all.length),
  );
  const accepted = made.flatMap((flip) => {
    const said = loaded(flip);
    return said === undefined
      ? []
      : [{ where: where(flip), changed: said !== verdictsOf(flip.folder, host.load(flip.folder.artefacts)) }];
  });
  const changed = accepted.filter((flip) => flip.changed);
  figure(
    `byte flips: ${made.length} made in ${others.length + 1} folders, ${made.length - accepted.length} refused, ` +
      `${accepted.length - changed.length} accepted with the same verdicts, ${changed.length} with others (seed ${seed})`,
  );
  expect(accepted).toEqual([]);
  expect(made.length).toBeGreaterThanOrEqual(Math.min(flips, all.length));
});

/** The verdicts of the damaged folder; undefined where it is refused, by the name of a file. */
function loaded({ folder, file, at, xor }: Flip): string | undefined {
  const bytes = Uint8Array.from(folder.artefacts.get(file) ?? []);
  bytes[at] = (bytes[at] ?? 0) ^ xor;
  try {
    return verdictsOf(folder, host.load(new Map([...folder.artefacts, [file, bytes]])));
  } catch (refusal) {
    if (!(refusal instanceof ArtefactsRefused)) throw refusal;
    // A flip in the manifest can turn the name of any file into another.
    if (file !== artefactFiles.manifest) expect(refusal.file).toBe(file);
    return undefined;
  }
}

const where = ({ folder, file, at, xor }: Flip) => `${folder.name}/${file}, byte ${at} ^ ${xor}`;

function everyByte(folder: Folder): readonly Flip[] {
  return [...folder.artefacts]
    .filter(([, { length }]) => length <= mostBytes)
    .flatMap(([file, bytes]) => Array.from(bytes, (_, at) => ({ folder, file, at, xor: 1 + random(255) })));
}

function everyBit(folder: Folder, file: string): readonly Flip[] {
  const { length } = folder.artefacts.get(file) ?? [];
  return Array.from({ length: (length ?? 0) * 8 }, (_, bit) => ({ folder, file, at: bit >> 3, xor: 1 << (bit & 7) }));
}

function samples(folder: Folder): readonly Flip[] {
  const files = [...folder.artefacts].filter(([, { length }]) => length > 0);
  return Array.from({ length: samplesEach }, () => {
    const [file, { length }] = files[random(files.length)]!;
    return { folder, file, at: random(length), xor: 1 + random(255) };
  });
}

let state = seed;

/** Below `end`; the same numbers for the same seed (mulberry32). */
function random(end: number): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
}
