/** The people of an activation: their registry, the roles that the envelope names, and two keys where it needs them (SPEC §9). */
import type { Envelope } from "../../schema/envelope.ts";
import { showText } from "../../schema/json/show.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";
import type { KeyRing } from "../authority/key-ring.ts";
import { isByAgent, verifyApproval } from "../people/approval.ts";
import { type People, readPeople, rolesAt } from "../people/registry.ts";
import { type Failure, fail } from "./check.ts";
import type { CheckedTemplate } from "./template/check.ts";
import { carries, type Step, stepsOf } from "./template/keys.ts";
import { signersOf } from "./template/record.ts";
import { rolesNamed } from "./transitions.ts";

export interface SignedRegistry {
  /** Of the file. */
  readonly text: string;
  /** The keys of those who may say who the people are. */
  readonly trusted: KeyRing;
}

export interface Asked {
  readonly registry: SignedRegistry | undefined;
  /** Texts of the files. */
  readonly approvals: readonly string[];
  /** Whether roles may be named though there is no registry: then nobody can approve anything. */
  readonly withoutRegistry: boolean;
  /** The one that the envelope was filled in from, verified. */
  readonly template: CheckedTemplate | undefined;
  readonly digest: string;
  readonly now: number;
}

export interface Agreed {
  readonly ok: true;
  /** Undefined where no registry was given, and none was needed. */
  readonly people: People | undefined;
  readonly approvals: readonly ApprovalGiven[];
}

export async function checkPeople(envelope: Envelope, asked: Asked): Promise<Agreed | Failure> {
  const needed = stepsOf(envelope, asked.template?.template);
  const roles = rolesNamed(envelope);
  if (asked.registry === undefined) return withoutRegistry(needed, roles, asked);
  const read = await readPeople(asked.registry.text, asked.registry.trusted);
  if (!read.ok) return fail("people", `the registry of people ${read.reason}`);
  const held = rolesAt(read.people, asked.now);
  const missing = roles.find((role) => !held.has(role));
  if (missing !== undefined)
    return fail("people", `the envelope names the role \`${missing}\`, which nobody in the registry holds now`);
  const approvals = await verifyAll(needed, read.people, { ...asked, principal: envelope.principal });
  if (!approvals.ok) return approvals;
  const { kids = [], trusted } = asked.template ?? {};
  const signers = trusted === undefined ? [] : signersOf(kids, trusted, read.people);
  const lacking = needed.find((step) => !carries(step, of(step.transition, approvals.given), signers));
  if (lacking !== undefined) return lacksKeys(lacking, of(lacking.transition, approvals.given));
  return { ok: true, people: read.people, approvals: approvals.given };
}

function withoutRegistry([needed]: readonly Step[], [role]: readonly string[], asked: Asked): Agreed | Failure {
  if (needed !== undefined) return lacksKeys(needed, []);
  if (asked.approvals.length > 0) return fail("people", "approvals are of no use without the registry of people");
  if (role !== undefined && !asked.withoutRegistry)
    return fail("people", `the envelope names the role \`${role}\`: the registry of people says who holds it`);
  return { ok: true, people: undefined, approvals: [] };
}

type Given = { readonly ok: true; readonly given: readonly ApprovalGiven[] } | Failure;

/** Every approval that comes along is needed, good, and there once: what is recorded is what the activation stands on. */
async function verifyAll(
  needed: readonly Step[],
  people: People,
  asked: Asked & Pick<Envelope, "principal">,
): Promise<Given> {
  const given: ApprovalGiven[] = [];
  for (const text of asked.approvals) {
    const verified = await verifyApproval(text, people, { envelope: asked.digest, session: undefined, now: asked.now });
    if (!verified.ok) return fail("approvals", `${verified.message} (${verified.code})`);
    const { approval } = verified;
    const who = `\`${showText(approval.person)}\``;
    if (isByAgent(approval, asked.principal))
      return fail("approvals", `${who} is the agent itself, which approves nothing`);
    if (!needed.some(({ transition }) => transition === approval.transition))
      return fail(
        "approvals",
        `the approval of ${who} is of ${thingOf(approval)}, which this activation does not ask for`,
      );
    if (given.some(({ digest, person }) => digest === approval.digest && person === approval.person))
      return fail("approvals", `an approval of ${who} is given twice`);
    given.push(approval);
  }
  return { ok: true, given };
}

function of(transition: string, approvals: readonly ApprovalGiven[]): readonly ApprovalGiven[] {
  return approvals.filter((approval) => approval.transition === transition);
}

function thingOf({ transition, bound = "" }: ApprovalGiven): string {
  return `\`${transition ?? showText(bound)}\``;
}

const people: Readonly<Record<Step["keys"], string>> = {
  two: "two people in two roles",
  "one and the template": "one person who has not signed the template, or two people in two roles",
  one: "a person",
};

function lacksKeys({ transition, because, keys }: Step, given: readonly ApprovalGiven[]): Failure {
  const said = given.map(({ person, roles, decision }) => {
    const verb = decision === "approve" ? "approves" : "refuses";
    return `\`${showText(person)}\` ${verb} as ${roles.map((role) => `\`${role}\``).join(", ")}`;
  });
  const got = said.length === 0 ? "nobody has approved" : said.join("; ");
  return fail("approvals", `\`${transition}\` needs ${people[keys]}, as ${because}: ${got}`);
}
