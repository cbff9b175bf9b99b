/** Who leaves the registry after a step was taken undoes nothing; who was revoked by then does, and so does whoever nobody knows. */
import { expect, test } from "vitest";
import { type People, readPeople } from "../../runtime/people/registry.ts";
import { signPeopleDocument } from "../../runtime/people/sign.ts";
import { openSession } from "../../runtime/session/session.ts";
import type { RegisteredKey } from "../../schema/people.ts";
import { activated, bothApprove, executing, now } from "../activation/desk.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { approvalText, peopleOf, registered, registryText, ringOf, trusted } from "../people/people.ts";

const ann = registered("ann", ["risk"]);
const bob = registered("bob", ["desk", "risk", "operator"]);
const [registry, approvals] = [
  { text: await registryText(ann, bob), trusted },
  await bothApprove(executing, "activate", "grant_flag"),
];
const revokedAt = (at: number) => ({ revokedAt: new Date(at).toISOString() });

async function open() {
  const got = await activated(executing, now, { registry, approvals });
  if (got.outcome !== "activated") throw new Error(JSON.stringify(got));
  const time = { now };
  const { store, session, evaluator } = got;
  const reopen = async (people: People) => {
    const opened = await openSession({ store, session, evaluator, people, clock: () => time.now });
    if (!opened.ok) throw new Error(opened.fault.message);
    return opened.session;
  };
  return { time, reopen };
}

test.each<readonly [what: string, phase: string, keys: readonly RegisteredKey[]]>([
  ["has lost one of the people since", "active", [ann]],
  ["has revoked a key since", "active", [ann, { ...bob, ...revokedAt(now + 1) }]],
  ["had revoked a key by then", "frozen", [ann, { ...bob, ...revokedAt(now) }]],
  ["had revoked a key by then, under another name", "frozen", [ann, { ...bob, kid: "robert", ...revokedAt(now) }]],
  ["gives one of them another role", "frozen", [ann, registered("bob", ["operator"])]],
])("an activation under a registry that %s leaves the session %s", async (_, phase, keys) => {
  const { reopen } = await open();
  expect((await reopen(await peopleOf(...keys))).state.phase).toBe(phase);
});

test("a registry in the ledger that others have signed says nothing of who has left", async () => {
  const other = await keyPair("nobody");
  const text = await signPeopleDocument(other.signer, "registry", { keys: [ann] });
  const read = await readPeople(text, ringOf(other.key));
  if (!read.ok) throw new Error(read.reason);
  const { reopen } = await open();
  expect((await reopen(read.people)).state.phase).toBe("frozen");
});

test.each<readonly [who: string, phase: string, signer: string]>([
  ["somebody who has left since", "active", "bob"],
  ["a stranger", "frozen", "mallory"],
])("a resumption by %s leaves the session %s", async (_, phase, signer) => {
  const { time, reopen } = await open();
  const session = await reopen(await peopleOf(ann, bob));
  await session.record((at) => ({ type: "incident", at, body: { code: "X", message: "x", freezes: true } }));
  const { envelope, session: id } = session.state.end;
  const iat = now / 1000;
  const said = { envelope, session: id, transition: "resume", iat, exp: iat + 600 };
  const texts = [await approvalText("ann", said), await approvalText(signer, { ...said, roles: ["operator"] })];
  await session.record((at) => ({ type: "resumed", at, body: { approvals: texts, reason: "looked at" } }));
  time.now += 1_000;
  expect((await reopen(await peopleOf(ann))).state.phase).toBe(phase);
});
