/** `ambit approve --hold`: one person's word on what waits in a session, shown, signed and recorded (SPEC §9). */
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import type { Signer } from "../../runtime/authority/keys.ts";
import { readDocument } from "../../runtime/people/document.ts";
import type { People } from "../../runtime/people/registry.ts";
import { signApproval } from "../../runtime/people/sign.ts";
import type { Approved } from "../../runtime/session/holds/approve.ts";
import type { PendingHold, PeopleAsked } from "../../runtime/session/holds/pending.ts";
import type { Session } from "../../runtime/session/session.ts";
import type { ApprovalPayload } from "../../schema/people.ts";
import { coloursOf, type ExitCode, type Io, Refused, UsageError, write } from "../io.ts";
import { openOperated } from "../ledger/operated.ts";
import { openPeople } from "../ledger/people.ts";
import { otherRegistryHint, putInForce } from "../ledger/use-people.ts";
import { holdLines, peopleText } from "../status/hold-text.ts";

export interface HoldOptions {
  readonly ledger: string;
  readonly session?: string;
  readonly hold: string;
  readonly role: readonly string[];
  readonly bound?: string;
  readonly refuse?: true;
  readonly people?: string;
  readonly peopleTrust?: readonly string[];
  readonly usePeople?: true;
  readonly registry?: string;
  readonly json?: true;
}

export interface Signing {
  readonly signer: Signer;
  /** Epoch milliseconds. */
  readonly now: number;
  /** When the approval ends; with the hold where it is undefined. */
  readonly until: number | undefined;
}

interface Said {
  readonly bound: string;
  readonly decision: "approve" | "refuse";
  readonly approved: Approved;
}

export async function approveHold(options: HoldOptions, signing: Signing, io: Io): Promise<ExitCode> {
  const people = await peopleOf(options);
  const { session, close } = await openOperated(options, io, { clock: () => signing.now });
  try {
    const hold = await findHold(session, seqOf(options.hold));
    const asked = askedOf(hold, options);
    const kept = options.usePeople && people !== undefined ? await putInForce(session, people) : undefined;
    if (kept !== undefined) throw new Refused(session.id, kept);
    const colours = coloursOf(io);
    if (!options.json) {
      const shown = [
        `${options.refuse ? colours.red("refusing") : colours.green("approving")} as ${options.role.map(makeVisible).join(", ")}, for ${asked.map(({ bound }) => bound).join(", ")}, ${hold.proposalHash}`,
        ...holdLines(hold, colours),
      ];
      await write(io.stdout, `${shown.join("\n")}\n`);
    }
    const said: Said[] = [];
    for (const { bound } of asked) said.push(await sayOn(session, hold, bound, options, signing, people));
    const hint = said.some(isKeyRefused) ? otherRegistryHint(session, people) : "";
    if (options.json) await write(io.stdout, jsonLine(session, hold, said, hint));
    else await printSaid(session, hold, said, hint, io);
    return said.every(({ approved }) => approved.outcome === "appended") ? 0 : 1;
  } finally {
    await close();
  }
}

async function peopleOf({ people, peopleTrust, usePeople }: HoldOptions): Promise<People | undefined> {
  if (usePeople && people === undefined)
    throw new UsageError("`--use-people` puts the registry of `--people` in force: name it");
  if ((people === undefined) !== (peopleTrust === undefined))
    throw new UsageError("`--people` and `--people-trust` go together: who the people are, and who may say so");
  return people === undefined || peopleTrust === undefined ? undefined : openPeople(people, peopleTrust);
}

function seqOf(text: string): number {
  if (/^[1-9]\d{0,15}$/.test(text)) return Number(text);
  throw new UsageError("`--hold` is the number of a record, as `ambit status` shows it");
}

async function findHold(session: Session, seq: number): Promise<PendingHold> {
  const answer = await session.holds();
  if (!answer.ok) throw new Refused(session.id, answer.fault);
  const hold = answer.holds.find((each) => each.seq === seq);
  if (hold !== undefined) return hold;
  const waiting = answer.holds.map((each) => each.seq).join(", ");
  throw new UsageError(
    `record ${seq} does not wait for people: it is no hold, or was decided, refused, held again, or has expired; ${waiting === "" ? "nothing waits" : `those that wait: ${waiting}`}`,
  );
}

/** The bounds that the roles may lift, of those that hold the call. */
function askedOf({ people }: PendingHold, { role, bound }: HoldOptions): readonly PeopleAsked[] {
  const fitting = people.filter(({ roles }) => roles === null || role.some((name) => roles.includes(name)));
  const chosen = bound === undefined ? fitting : fitting.filter((asked) => asked.bound === bound);
  if (chosen.length > 0) return chosen;
  throw new UsageError(`nothing is asked for in that role: ${people.map(peopleText).join("; ")}`);
}

async function sayOn(
  session: Session,
  { proposalHash, expiresAt }: PendingHold,
  bound: string,
  { role, refuse }: HoldOptions,
  { signer, now, until }: Signing,
  people: People | undefined,
): Promise<Said> {
  const decision = refuse ? "refuse" : "approve";
  const iat = Math.floor(now / 1000);
  const payload: ApprovalPayload = {
    envelope: session.evaluator.envelopeDigest,
    session: session.id,
    bound,
    proposalHash,
    decision,
    roles: [...role] as ApprovalPayload["roles"],
    iat,
    exp: Math.max(iat + 1, Math.floor((until ?? expiresAt ?? now + hour) / 1000)),
  };
  const read = readDocument("approval", payload);
  if (!read.ok) throw new UsageError(`what was asked for ${read.reason}`);
  return { bound, decision, approved: await session.approve(await signApproval(signer, read.document), people) };
}

const hour = 3_600_000;

function problemOf(approved: Approved): { readonly code: string; readonly message: string } | undefined {
  switch (approved.outcome) {
    case "appended":
      return undefined;
    case "denied":
      return { code: approved.code, message: approved.message };
    case "refused":
      return { code: approved.problem.code, message: approved.problem.message };
    case "failed":
      return { code: approved.fault.code, message: approved.fault.message };
  }
}

/** By a registry that does not have it, or not in this role. */
function isKeyRefused({ approved }: Said): boolean {
  return approved.outcome === "denied" && ["APPROVAL_KEY", "APPROVAL_ROLE"].includes(approved.code);
}

function jsonLine(session: Session, { seq, proposalHash }: PendingHold, said: readonly Said[], hint: string): string {
  const recorded = said.map(({ bound, decision, approved }) => ({
    bound,
    decision,
    seq: approved.outcome === "appended" ? approved.record.seq : null,
    ...problemOf(approved),
  }));
  const ok = said.every(({ approved }) => approved.outcome === "appended");
  const told = hint === "" ? {} : { hint };
  return `${JSON.stringify({ ok, session: session.id, hold: seq, proposalHash, recorded, ...told })}\n`;
}

async function printSaid(
  session: Session,
  { seq }: PendingHold,
  said: readonly Said[],
  hint: string,
  io: Io,
): Promise<void> {
  const { green, red } = coloursOf(io);
  for (const { bound, decision, approved } of said) {
    const problem = problemOf(approved);
    const line =
      approved.outcome === "appended"
        ? `${green("recorded")} ${decision} of ${bound} in record ${approved.record.seq}`
        : `${red("not recorded")} ${decision} of ${bound}: ${makeVisible(problem?.message ?? "")} (${problem?.code})`;
    await write(approved.outcome === "appended" ? io.stdout : io.stderr, `${line}\n`);
  }
  if (hint !== "") await write(io.stderr, `  ${hint}\n`);
  const answer = await session.holds();
  const left = answer.ok ? answer.holds.find((hold) => hold.seq === seq) : undefined;
  if (left === undefined) return;
  const missing = left.people.filter((asked) => asked.missing > 0);
  const now = missing.length === 0 ? "the agent may propose the same again: it is decided on the state of then" : "";
  await write(io.stdout, `${missing.map((asked) => `still asks for ${peopleText(asked)}`).join("\n") || now}\n`);
}
