/** From a signed envelope to a session that runs, or to a record that says why not (SPEC §10, §12). */
import { type Artefacts, artefactFiles } from "../../schema/artefacts.ts";
import type { Diagnostic } from "../../schema/diagnostic.ts";
import type { Envelope } from "../../schema/envelope.ts";
import type { Activated } from "../../schema/ledger.ts";
import { verifyDetached } from "../authority/jws/detached.ts";
import { typOf } from "../authority/jws/typ.ts";
import type { KeyRing } from "../authority/key-ring.ts";
import type { Evaluator } from "../evaluator.ts";
import { reasonOf } from "../fault.ts";
import { sealFirst } from "../ledger/chain/seal.ts";
import { type BeginResult, beginLog, type LedgerFault, openLog, type SessionLog } from "../ledger/log.ts";
import type { Entry } from "../ledger/record.ts";
import { careful } from "../ledger/store/careful.ts";
import type { Store } from "../ledger/store/store.ts";
import { payloadOf } from "../people/document.ts";
import { type CheckName, type Failure, fail } from "./check.ts";
import { type Compile, checkDocument, type Subject, subjectOf } from "./document.ts";
import { checkIntegrity } from "./integrity.ts";
import { checkPeople, type SignedRegistry } from "./people.ts";
import { bodyOf } from "./record.ts";
import { checkParent, checkTime } from "./standing.ts";
import { checkTemplate, type Templates } from "./template/check.ts";
import { placeOfWindow } from "./window.ts";

export interface ActivationOptions {
  readonly store: Store;
  /** An artefact folder, or the envelope document alone, which is compiled on the spot. */
  readonly given: Artefacts | Uint8Array;
  readonly compile: Compile;
  /** As `host.load`. What it loads belongs to the caller once the envelope is activated. */
  readonly load: (artefacts: Artefacts) => Evaluator;
  /** The keys of those who may issue envelopes. `local` asks for no signature: for a session in which nothing is executed. */
  readonly trusted: KeyRing | "local";
  /** The text of the detached JWS over the document. */
  readonly signature?: string | undefined;
  readonly registry?: SignedRegistry | undefined;
  /** What the envelope may have been filled in from; without it, an envelope that names a template is rejected. */
  readonly templates?: Templates | undefined;
  /** The texts of signed approvals, each of one transition. */
  readonly approvals?: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

export type Activation =
  | { readonly outcome: "activated"; readonly session: string; readonly log: SessionLog; readonly evaluator: Evaluator }
  | Rejection
  /** Every check has passed, and the store did not say whether the record was written. */
  | { readonly outcome: "failed"; readonly fault: LedgerFault };

export interface Rejection {
  readonly outcome: "rejected";
  readonly check: CheckName;
  /** One sentence. */
  readonly message: string;
  readonly diagnostics?: readonly Diagnostic[];
  /** Where the rejection is recorded; undefined where it could not be. */
  readonly session?: string;
  /** Why it is not recorded. */
  readonly fault?: LedgerFault;
}

/** Never rejects. Whatever fails, nothing can be executed: there is no active session. */
export async function activate(options: ActivationOptions): Promise<Activation> {
  try {
    return await activateChecked(options);
  } catch (error) {
    return { outcome: "failed", fault: faultOf(`the activation cannot be made: ${reasonOf(error)}`) };
  }
}

async function activateChecked(options: ActivationOptions): Promise<Activation> {
  const { store, now } = options;
  const read = readSource(options.given);
  const subject = subjectOf((read.ok ? read.source : undefined) ?? new Uint8Array());
  const checked = read.ok ? await checkAll(options, subject, read.source).catch(unchecked) : read;
  if (!checked.ok) return reject(store, subject, now, checked);
  const { body, evaluator } = checked;
  const begun = await beginAlone(options, { type: "activated", at: now, body }, subject.digest, evaluator.envelope);
  if (begun.outcome === "begun")
    return { outcome: "activated", session: begun.log.state.end.session, log: begun.log, evaluator };
  drop(evaluator);
  if (begun.outcome === "failed") return begun;
  if (begun.outcome === "elsewhere") return reject(store, subject, now, begun.failure);
  const failure =
    begun.outcome === "claimed"
      ? fail(
          "id",
          `the envelope's id has been activated before${await whereOf(store, body.id)}: a new envelope needs a new \`id\``,
        )
      : fail("integrity", begun.problem.message);
  return reject(store, subject, now, failure);
}

type Alone = BeginResult | { readonly outcome: "elsewhere"; readonly failure: Failure };

/** How often it is looked again where a window was, after another activation was first. */
const mostLooks = 16;

/** Only with authority over anything there is a window to speak of: in a trial, nothing is executed. */
async function beginAlone(
  { store: given, trusted }: ActivationOptions,
  entry: Entry<"activated">,
  digest: string,
  envelope: Envelope,
): Promise<Alone> {
  if (trusted === "local") return begin(given, entry, digest);
  const store = careful(given);
  for (let look = 0; look < mostLooks; look++) {
    const claimed = await store.claimant(entry.body.id);
    if (!claimed.ok) return { outcome: "failed", fault: claimed.fault };
    // One that has begun already says so, or that it is this very one.
    if (claimed.session !== undefined) return begin(given, entry, digest);
    const place = await placeOfWindow(store, envelope);
    if (!place.ok)
      return "fault" in place ? { outcome: "failed", fault: place.fault } : { outcome: "elsewhere", failure: place };
    const begun = await begin(given, entry, digest, place.claims);
    if (begun.outcome !== "claimed") return begun;
  }
  return { outcome: "failed", fault: faultOf("others opened windows of the principal each time: activate it again") };
}

/** For whoever activated it himself, and never got the answer. */
async function whereOf(store: Store, id: string): Promise<string> {
  const claimed = await careful(store).claimant(id);
  return claimed.ok && claimed.session !== undefined ? `, in session ${claimed.session}` : "";
}

type Source = { readonly ok: true; readonly source: Uint8Array | undefined } | Failure;

/** What is given may be anything that looks like a folder. */
function readSource(given: Artefacts | Uint8Array): Source {
  try {
    const source: unknown = given instanceof Uint8Array ? given : given.get(artefactFiles.source);
    if (source === undefined || source instanceof Uint8Array) return { ok: true, source };
    return fail("integrity", `artefact \`${artefactFiles.source}\` could not be read: it is no bytes`);
  } catch (error) {
    return fail("integrity", `the envelope could not be read: ${reasonOf(error)}`);
  }
}

function unchecked(error: unknown): Failure {
  return fail("integrity", `the envelope could not be checked: ${reasonOf(error)}`);
}

async function begin(...given: Parameters<typeof beginLog>): ReturnType<typeof beginLog> {
  const begun = await beginLog(...given);
  return begun.outcome === "failed" ? await foundAgain(begun, given[0], given[1], given[2]) : begun;
}

/** Only the answer may have been lost: then the id is that of the very session which this record begins. */
async function foundAgain(
  failed: BeginResult,
  store: Store,
  entry: Parameters<typeof beginLog>[1],
  envelope: string,
): Promise<BeginResult> {
  if (entry.type !== "activated") return failed;
  const { session } = sealFirst(entry, envelope).record;
  const claimed = await careful(store).claimant(entry.body.id);
  if (!claimed.ok || claimed.session !== session) return failed;
  const opened = await openLog(store, session);
  return opened.ok ? { outcome: "begun", log: opened.log } : failed;
}

function faultOf(message: string): LedgerFault {
  return { code: "STORE_UNAVAILABLE", message };
}

/** What it held is gone or not: the answer stands. */
function drop(evaluator: Evaluator): void {
  try {
    evaluator.drop();
  } catch {
    // Nobody judges by it any more.
  }
}

type Checked = { readonly ok: true; readonly body: Activated; readonly evaluator: Evaluator } | Failure;

async function checkAll(
  options: ActivationOptions,
  subject: Subject,
  source: Uint8Array | undefined,
): Promise<Checked> {
  const { given, compile, load, registry, approvals = [], now } = options;
  if (source === undefined) return fail("integrity", `artefact \`${artefactFiles.source}\` is missing`);
  const document = checkDocument(source, subject, compile);
  if (!document.ok) return document;
  const { envelope, compiled } = document;
  const signed = await checkSignature(options, subject);
  if (!signed.ok) return signed;
  const loaded = checkIntegrity(given instanceof Uint8Array ? compiled : given, compiled, load);
  if (!loaded.ok) return loaded;
  const { evaluator } = loaded;
  const withoutRegistry = options.trusted === "local";
  const origin = checkTime(envelope, now) ?? (await checkTemplate(envelope, options.templates).catch(unchecked));
  if (!origin.ok) return dropped(evaluator, origin);
  const { template } = origin;
  const asked = { registry, approvals, withoutRegistry, template, digest: subject.digest, now };
  const agreed = checkParent(envelope) ?? (await checkPeople(envelope, asked));
  if (!agreed.ok) return dropped(evaluator, agreed);
  return { ok: true, evaluator, body: bodyOf(envelope, subject, evaluator, signed.signatures, agreed, template) };
}

function dropped(evaluator: Evaluator, failure: Failure): Failure {
  drop(evaluator);
  return failure;
}

type Signed = { readonly ok: true; readonly signatures: readonly string[] } | Failure;

async function checkSignature({ trusted, signature }: ActivationOptions, { value }: Subject): Promise<Signed> {
  if (trusted === "local") return { ok: true, signatures: [] };
  if (signature === undefined) return fail("signature", "the envelope is not signed");
  const verified = await verifyDetached(signature, trusted, typOf.envelope, payloadOf(value));
  if (!verified.ok) return fail("signature", `the envelope is not signed as it must be: ${verified.message}`);
  return { ok: true, signatures: [signature] };
}

async function reject(store: Store, { digest, id }: Subject, now: number, failure: Failure): Promise<Rejection> {
  const { check, message, diagnostics } = failure;
  const said = { outcome: "rejected", check, message, ...(diagnostics === undefined ? {} : { diagnostics }) } as const;
  const begun = await begin(store, { type: "rejected", at: now, body: { id, check, message } }, digest);
  if (begun.outcome === "begun") return { ...said, session: begun.log.state.end.session };
  if (begun.outcome === "failed") return { ...said, fault: begun.fault };
  const reason = begun.outcome === "refused" ? begun.problem.message : "the same rejection is recorded already";
  return { ...said, fault: faultOf(reason) };
}
