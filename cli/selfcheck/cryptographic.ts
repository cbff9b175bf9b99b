/** Level 2: standard signatures, canonical forms, tokens that end, a ledger that shows what was done to it. */

import { neededTransitions, rolesNamed } from "../../runtime/activation/transitions.ts";
import { verifyDetached } from "../../runtime/authority/jws/detached.ts";
import { typOf } from "../../runtime/authority/jws/typ.ts";
import { payloadOf } from "../../runtime/people/document.ts";
import { type People, rolesAt } from "../../runtime/people/registry.ts";
import { proposalHash } from "../../runtime/proposal-hash.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import type { Deployment } from "./deployment.ts";
import { durability, isUrl } from "./durability.ts";
import { areFixed, isSecret, within } from "./files.ts";
import type { LedgerResult } from "./ledger.ts";
import { type Requirement, type Seen, seen } from "./requirement.ts";
import type { Specimen } from "./specimen/specimens.ts";

export type PeopleResult =
  | { readonly ok: true; readonly people: People }
  | { readonly ok: false; readonly reason: string };

export interface Read {
  readonly deployment: Deployment;
  readonly people: PeopleResult | undefined;
  readonly ledger: LedgerResult | undefined;
  readonly specimens: readonly Specimen[];
  /** Epoch milliseconds. */
  readonly now: number;
}

export async function cryptographic(read: Read): Promise<readonly Requirement[]> {
  const { deployment } = read;
  const requirement = (id: string, name: string, list: readonly Seen[]): Requirement => ({
    id,
    level: 2,
    name,
    seen: list,
  });
  return [
    requirement("signatures", "Ed25519 everywhere, by keys that are known", [
      await envelopeSigned(deployment),
      await gatewayKey(deployment),
      ...peopleKnown(read),
    ]),
    requirement("canonical", "what is signed and hashed has one form", [deployment.integrity, oneForm(read)]),
    requirement("lifetime", "tokens end soon", lifetimes(read)),
    requirement("ledger", "the ledger is sound, of this envelope and policy, and its denials are in it", audited(read)),
    requirement("durability", "what the ledger confirms outlasts a crash", await durable(deployment)),
    requirement("files", "keys are secret, and what is believed is not changed by others", await files(deployment)),
  ];
}

async function envelopeSigned({ document, signature, trust }: Deployment): Promise<Seen> {
  if (trust === undefined) return seen(false, "who may issue envelopes is not said: `trust`");
  if (signature === undefined) return seen(false, "the envelope is not signed");
  const parsed = parseJson(document);
  const payload = parsed.ok ? payloadOf(toValue(parsed.root)) : new Uint8Array();
  const verified = await verifyDetached(signature, trust, typOf.envelope, payload);
  if (!verified.ok) return seen(false, `the envelope is not signed as it must be: ${verified.message}`);
  return seen(true, `the envelope is signed with ${verified.kids.map((kid) => `\`${kid}\``).join(", ")} (Ed25519)`);
}

/** Signed by the one, believed by the other: what the gateway signs must be what executors verify. */
async function gatewayKey({ signing: { kind, signer }, pinned, keys }: Deployment): Promise<Seen> {
  if (pinned === undefined) return seen(false, "the public keys that executors believe are not given: `keys`");
  if (kind === "made up") return seen(true, `executors believe ${pinned.keys.length} keys of the gateway (Ed25519)`);
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const signature = await signer.sign(challenge).catch(() => new Uint8Array());
  const verified = await keys.verify(signer.kid, challenge, signature);
  return seen(
    verified.ok,
    `executors ${verified.ok ? "verify" : "do not verify"} what the gateway signs with \`${signer.kid}\` (Ed25519)`,
  );
}

function peopleKnown({ deployment: { evaluator }, people, now }: Read): readonly Seen[] {
  const { envelope } = evaluator;
  const roles = rolesNamed(envelope);
  const isNeeded = roles.length > 0 || neededTransitions(envelope).length > 0;
  if (people === undefined)
    return isNeeded
      ? [seen(false, "people have to agree, and the registry that says who they are is not given: `people`")]
      : [];
  if (!people.ok) return [seen(false, `the registry of people ${people.reason}`)];
  const held = rolesAt(people.people, now);
  const missing = roles.filter((role) => !held.has(role));
  const what = `the registry of people is signed: ${people.people.keys.length} keys`;
  return [
    seen(
      missing.length === 0,
      missing.length === 0 ? what : `nobody holds the role ${missing.map((role) => `\`${role}\``).join(", ")} now`,
    ),
  ];
}

/** The order of members and the narrative do not count; one argument more does. */
function oneForm({ deployment: { evaluator }, specimens }: Read): Seen {
  const wrong = specimens.filter(({ proposal }) => {
    const { tool, args } = JSON.parse(proposal);
    const hash = (value: object) => proposalHash(JSON.stringify(value), evaluator.limits);
    const turned = { args: Object.fromEntries(Object.entries(args).toReversed()), reasoning: "because", tool };
    return (
      hash({ tool, args }) !== hash(turned) || hash({ tool, args }) === hash({ tool, args: { ...args, other: 1 } })
    );
  });
  return seen(
    specimens.length > 0 && wrong.length === 0,
    `proposals are hashed in their RFC 8785 form: ${specimens.length - wrong.length} of ${specimens.length} effects`,
  );
}

/** A token that is good for longer than that is a permission. */
const mostSeconds = 300;

function lifetimes({ deployment: { tokenSeconds }, ledger }: Read): readonly Seen[] {
  const configured = seen(
    tokenSeconds <= mostSeconds,
    `tokens are good for ${tokenSeconds} seconds; ${mostSeconds} at most`,
  );
  if (ledger?.ok !== true) return [configured];
  const { longestToken, allows } = ledger.ledger;
  const what = `the longest of ${allows} in the ledger was good for ${longestToken} seconds; ${tokenSeconds} are configured`;
  return [configured, seen(longestToken <= tokenSeconds, what)];
}

function audited({ deployment: { evaluator }, ledger }: Read): readonly Seen[] {
  if (ledger === undefined) return [seen(false, "no ledger is given: `ledger`")];
  if (!ledger.ok) return [seen(false, ledger.reason)];
  const { report, policy, allows, denials } = ledger.ledger;
  const { findings, problems, records, session } = report;
  const found = problems.slice(0, 3).map(({ code, message }) => `${code}: ${message}`);
  const isOwn = report.envelope === evaluator.envelopeDigest && policy === evaluator.policyDigest;
  return [
    seen(
      findings === 0,
      `audit of session ${session}: ${records} records, ${findings} findings${found.length === 0 ? "" : ` (${found.join("; ")})`}`,
    ),
    seen(
      isOwn,
      isOwn
        ? "activated with this envelope and this policy"
        : `activated with another envelope or policy: ${report.envelope}, ${policy}`,
    ),
    seen(true, `${allows} allows, ${denials} denials and holds on record`),
  ];
}

async function durable({ configuration: { ledger } }: Deployment): Promise<readonly Seen[]> {
  return ledger === undefined ? [seen(false, "no ledger is given: `ledger`")] : durability(ledger);
}

async function files({ configuration, artefacts, signing }: Deployment): Promise<readonly Seen[]> {
  const {
    artefacts: folder = "",
    trust = [],
    executors = [],
    feeds = [],
    people,
    keys = [],
    key = "",
    ledger = "",
    peopleTrust = [],
  } = configuration;
  const ofKey = {
    file: () => isSecret(key),
    environment: async () =>
      seen(true, `the gateway's key is in the variable \`${key.slice(4)}\`: see that only the gateway has it`),
    program: async () => seen(true, "the gateway's key is in no file"),
    "made up": async () => seen(true, "the gateway's key is not here"),
  }[signing.kind];
  const believed = [
    ...trust,
    ...executors,
    ...feeds,
    ...peopleTrust,
    ...keys,
    ...(people === undefined ? [] : [people]),
  ];
  return [
    await ofKey(),
    await areFixed("artefacts", within(folder, artefacts.keys())),
    ...(believed.length === 0 ? [] : [await areFixed("trusted keys and people", believed)]),
    ...(ledger === "" || isUrl(ledger) ? [] : [await areFixed("ledger", [ledger])]),
  ];
}
