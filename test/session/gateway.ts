/** A gateway for the tests: one envelope, compiled and activated in a store, with keys that are the same in every run. */
import { compile } from "../../compiler/compile.ts";
import { makeKeyRing } from "../../runtime/authority/key-ring.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import { parseRecord } from "../../runtime/ledger/chain/parse.ts";
import { beginLog } from "../../runtime/ledger/log.ts";
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { createHost, type Host } from "../../runtime/load.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { openSession, type Session } from "../../runtime/session/session.ts";
import type { SessionOptions } from "../../runtime/session/settings.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { recordedKeys } from "../people/recorded-keys.ts";

export const issuer = "gateway.example";
export const audience = "executor.example";
export const start = Date.UTC(2024, 1, 15, 15);

const gatewayKey = await keyPair("gateway-1");
const executorKey = await keyPair("executor-1");
export const host: Host = createHost({ cedarWasm: await cedarWasm() });

export const signers = { gateway: gatewayKey.signer, executor: executorKey.signer };
export const keys = ringOf(gatewayKey.key);
export const executors = ringOf(executorKey.key);

function ringOf(...given: Parameters<typeof makeKeyRing>[0]) {
  const made = makeKeyRing(given);
  if (!made.ok) throw new Error(made.reason);
  return made.ring;
}

type Members = Readonly<Record<string, unknown>>;

export const payEffect = {
  tools: ["bank.pay"],
  external: true,
  channel: "execute",
  requires: ["FINANCIAL_ACTIONS"],
  fields: {
    payee: { from: "/payee", type: "string" },
    amount: { from: "/amount", type: "decimal", scale: 2, unit: "USD" },
    memo: { from: "/memo", type: "string", optional: true, default: "none" },
  },
  ignored: ["/comment"],
  results: { payment: { from: "/id", type: "string" } },
  allow: { payee: { oneOf: ["alice", "bob"] }, memo: { oneOf: ["none", "rent"] } },
  perCall: { amount: { max: "5.00" } },
  session: { calls: { max: 200 } },
  velocity: [{ max: 200, seconds: 60 }],
  consumes: { spend: "amount" },
};

/** Pays up to 5.00 a call and 20.00 a session, looks anything up, cancels what it has paid. */
export function document({ effects = {}, ...rest }: { readonly effects?: Members } & Members = {}): Members {
  return {
    ambit: "1",
    id: "env_session_1",
    goal: { summary: "Pay small bills", taskType: "payment" },
    issuer: "authz.example",
    principal: "agent:s7",
    mode: "window",
    validity: { notBefore: "2024-02-15T14:00:00Z", expiresAt: "2024-02-15T21:00:00Z", maxDurationSeconds: 21600 },
    capabilities: ["FINANCIAL_ACTIONS"],
    budgets: { actions: { max: 1000 }, externalCalls: { max: 1000 }, spend: { max: "20.00", unit: "USD" } },
    effects: {
      pay: payEffect,
      cancel: {
        tools: ["bank.cancel"],
        external: false,
        fields: { payment: { from: "/payment", type: "string" } },
        allow: { payment: { producedBy: "pay/payment" } },
        session: { calls: { max: 200 } },
        velocity: [{ max: 200, seconds: 60 }],
      },
      ...effects,
    },
    forbidden: [],
    recovery: "manual_only",
    killSwitch: { signal: "kill/env_session_1" },
    ...rest,
  };
}

export interface Gateway {
  readonly store: Store;
  readonly evaluator: Evaluator;
  readonly session: Session;
  /** The clock of the session, in epoch milliseconds. */
  readonly time: { now: number };
  /** Another process at the same ledger. */
  readonly reopen: (more?: Partial<SessionOptions>) => Promise<Session>;
  readonly records: () => Promise<readonly LedgerRecord[]>;
}

export interface GatewayOptions extends Partial<Omit<SessionOptions, "session" | "evaluator">> {
  readonly envelope?: Members;
  readonly host?: Host;
  /** Epoch milliseconds. */
  readonly activatedAt?: number;
  /** Whether somebody has signed the envelope; so if it is not written. */
  readonly isSigned?: boolean;
  /** The approvals of the activation; two keys that nobody verifies where it is not written. */
  readonly approvals?: (evaluator: Evaluator) => Promise<readonly ApprovalGiven[]>;
}

export async function openGateway({
  envelope = document(),
  host: own = host,
  activatedAt = start,
  isSigned = true,
  approvals,
  ...given
}: GatewayOptions = {}): Promise<Gateway> {
  const { artefacts, diagnostics } = compile(new TextEncoder().encode(JSON.stringify(envelope)));
  if (artefacts === undefined) throw new Error(JSON.stringify(diagnostics));
  const evaluator = own.load(artefacts);
  const store = given.store ?? memoryStore();
  const begun = await beginLog(
    store,
    activation(evaluator, JSON.stringify(envelope), activatedAt, isSigned, await approvals?.(evaluator)),
    evaluator.envelopeDigest,
  );
  if (begun.outcome !== "begun") throw new Error(`the session was not begun: ${JSON.stringify(begun)}`);
  const id = begun.log.state.end.session;
  const time = { now: start };
  const authority = { signer: signers.gateway, issuer, audience };
  const settings = { session: id, evaluator, clock: () => time.now, authority, executors, ...given, store };
  const reopen = async (more: Partial<SessionOptions> = {}) => {
    const opened = await openSession({ ...settings, ...more });
    if (!opened.ok) throw new Error(opened.fault.message);
    return opened.session;
  };
  return { store, evaluator, time, session: await reopen(), reopen, records: () => recordsOf(store, id) };
}

export function activation(
  { envelope, policyDigest }: Evaluator,
  text: string,
  at = start,
  isSigned = true,
  approvals?: readonly ApprovalGiven[],
) {
  const keys =
    approvals === undefined ? recordedKeys(envelope, at) : approvals.length > 0 && { approvals: [...approvals] };
  const body = { id: envelope.id, document: text, policy: policyDigest, signatures: isSigned ? ["{}"] : [], ...keys };
  return { type: "activated", at, body } as const;
}

/** @throws Error for a record that is none */
export async function recordsOf(store: Store, session: string): Promise<readonly LedgerRecord[]> {
  const page = await store.read(session, 1, 1_000_000);
  if (!page.ok) throw new Error(page.fault.message);
  return page.texts.map((text, i) => {
    const parsed = parseRecord(text, i + 1);
    if (!parsed.ok) throw new Error(parsed.problem.message);
    return parsed.record;
  });
}

export const caller = { principal: "agent:s7" };

export function pay(amount: string, more: Members = {}, args: Members = {}): string {
  return JSON.stringify({ tool: "bank.pay", args: { payee: "alice", amount, ...args }, ...more });
}
