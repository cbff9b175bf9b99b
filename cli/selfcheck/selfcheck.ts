/** The auditor's suite on one deployment: everything that can be seen of the three levels. */
import { readFile } from "node:fs/promises";
import { guard as realGuard } from "../../runtime/guard/guard.ts";
import type { TreeHead } from "../../runtime/ledger/merkle/subtree.ts";
import { readPeople } from "../../runtime/people/registry.ts";
import { type Io, UsageError } from "../io.ts";
import { readCheckpointKeys, readCheckpoints } from "../ledger/checkpoints.ts";
import { readable } from "../open.ts";
import { cryptographic, type PeopleResult } from "./cryptographic.ts";
import type { Deployment } from "./deployment.ts";
import { formal } from "./formal.ts";
import { readLedger } from "./ledger.ts";
import type { Requirement } from "./requirement.ts";
import type { Bench } from "./scratch.ts";
import { specimensOf } from "./specimen/specimens.ts";
import { structural } from "./structural.ts";

/** @param guard the one that is attacked */
export async function selfcheck(deployment: Deployment, io: Io, guard = realGuard): Promise<readonly Requirement[]> {
  const { configuration, artefacts, evaluator, loadWith, document, signature, signing, keys, tokenSeconds } =
    deployment;
  const specimens = specimensOf(artefacts, evaluator);
  const bench: Bench = {
    evaluator,
    document,
    signature,
    signer: signing.signer,
    keys,
    issuer: configuration.gateway ?? "gateway.selfcheck",
    audience: configuration.audience ?? "executor.selfcheck",
    tokenSeconds,
    guard,
  };
  const people = await peopleOf(deployment);
  const { heads, refused } = await checkpointsOf(deployment);
  const ledger =
    configuration.ledger === undefined
      ? undefined
      : await readLedger(deployment, people?.ok ? people.people : undefined, heads, io);
  const session = ledger?.ok ? ledger.ledger.report.session : null;
  const checkpoints = (session === null || session === undefined ? [] : (heads.get(session) ?? [])).map(
    ({ size }) => size,
  );
  const read = { deployment, people, ledger, specimens, now: io.now() };
  return [
    ...(await structural({ bench, artefacts, specimens, loadWith })),
    ...(await cryptographic(read)),
    ...(await formal({ ...read, checkpoints, refused })),
  ];
}

async function peopleOf({ configuration: { people }, peopleTrust }: Deployment): Promise<PeopleResult | undefined> {
  if (people === undefined) return undefined;
  if (peopleTrust === undefined) return { ok: false, reason: "is signed by nobody who is known: `peopleTrust`" };
  return readPeople(await readable(people, () => readFile(people, "utf8")), peopleTrust);
}

interface Checkpoints {
  readonly heads: ReadonlyMap<string, readonly TreeHead[]>;
  readonly refused: string | undefined;
}

/** One that nobody trusted vouches for is none, and is told of. */
async function checkpointsOf({ configuration: { checkpoint = [], checkpointKey } }: Deployment): Promise<Checkpoints> {
  if (checkpoint.length === 0) return { heads: new Map(), refused: undefined };
  if (checkpointKey === undefined)
    return { heads: new Map(), refused: "who signs the checkpoints is not said: `checkpointKey`" };
  try {
    return { heads: await readCheckpoints(checkpoint, await readCheckpointKeys(checkpointKey)), refused: undefined };
  } catch (error) {
    if (error instanceof UsageError) return { heads: new Map(), refused: error.message };
    throw error;
  }
}
