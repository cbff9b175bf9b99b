/** A session in which payments ask people, with people whose keys are the same in every run. */
import { readPeople } from "../../runtime/people/registry.ts";
import { signApproval, signPeopleDocument } from "../../runtime/people/sign.ts";
import type { SessionOptions } from "../../runtime/session/settings.ts";
import type { ApprovalPayload, RegisteredKey } from "../../schema/people.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { office, registered, trusted } from "../people/people.ts";
import { document, type Gateway, openGateway, payEffect, start } from "./gateway.ts";

export const bound = "effects/pay/approval";
/** Whole seconds. */
export const begin = start / 1000;

export const ann = registered("ann", ["risk"]);
export const bob = registered("bob", ["risk", "desk"]);
export const eve = registered("eve", ["desk"]);

export async function peopleOf(...keys: readonly RegisteredKey[]) {
  const read = await readPeople(await signPeopleDocument(office.signer, "registry", { keys: [...keys] }), trusted);
  if (!read.ok) throw new Error(read.reason);
  return read.people;
}

type Members = Readonly<Record<string, unknown>>;

/** Two people of risk for each payment, where nothing else is said. */
export async function openAsking(pay: Members = {}, more: Partial<SessionOptions> = {}): Promise<Gateway> {
  const effects = { pay: { ...payEffect, approval: { keys: 2, roles: ["risk"] }, ...pay } };
  const gateway = await openGateway({ envelope: document({ effects }), ...more });
  await gateway.session.usePeople(await peopleOf(ann, bob, eve));
  return gateway;
}

/**
 * Signed at the time of the gateway, for ten minutes.
 *
 * @param kid what the person's key is called
 */
export async function word(
  { session, time }: Gateway,
  person: string,
  proposalHash: string | null,
  rest: { readonly [K in keyof ApprovalPayload]?: ApprovalPayload[K] | undefined } = {},
  kid = person,
): Promise<string> {
  const iat = Math.floor(time.now / 1000);
  const payload: object = {
    envelope: session.evaluator.envelopeDigest,
    session: session.id,
    bound,
    proposalHash: proposalHash ?? undefined,
    decision: "approve",
    roles: ["risk"],
    iat,
    exp: iat + 600,
    ...rest,
  };
  return signApproval({ ...(await keyPair(person)).signer, kid }, JSON.parse(JSON.stringify(payload)));
}
