/** What a person is told who kills a session whose ledger cannot be verified. */
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { parseRecord } from "../../runtime/ledger/chain/parse.ts";
import type { LedgerFault } from "../../runtime/ledger/log.ts";
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { ownMember } from "../../runtime/own.ts";
import type { VerifiedOrder } from "../../runtime/people/order.ts";
import { type ExitCode, type Io, Refused, write } from "../io.ts";
import { killAtEnd } from "./at-end.ts";

/** What cannot be verified is not believed; a gateway that goes on from the end all the same is to find the kill there. */
export async function killBroken(
  store: Store,
  session: string,
  { code, message, problem }: LedgerFault,
  now: number,
  orderAt: (last: LedgerRecord) => Promise<VerifiedOrder>,
  { json }: { readonly json?: true },
  io: Io,
): Promise<ExitCode> {
  const killed = problem === undefined ? undefined : await killAtEnd(store, session, now, orderAt);
  const fault = killed?.ok === false ? { code: killed.code, message: killed.message } : { code, message };
  const seq = killed?.ok === true ? (killed.seq ?? null) : null;
  const help = await elsewhere(store, session);
  if (json) {
    await write(io.stdout, `${JSON.stringify({ session, ok: false, ...fault, seq, help })}\n`);
    return 1;
  }
  const what = seq === null ? "not killed" : "not known to be killed";
  const where =
    seq === null ? "" : `  the kill stands at its end, in record ${seq}: a gateway that goes on stops there\n`;
  await write(io.stderr, `${what}: ${makeVisible(fault.message)} (${fault.code})\n${where}  ${makeVisible(help)}\n`);
  return 1;
}

/** Where not even the sessions can be read: what can be done without the ledger. @throws whatever is not of the ledger */
export async function tellUnread(error: unknown, { json }: { readonly json?: true }, io: Io): Promise<undefined> {
  if (!(error instanceof Refused)) throw error;
  const { session, code, message } = error;
  const help = helpWith(undefined);
  if (json) await write(io.stdout, `${JSON.stringify({ session, ok: false, code, message, seq: null, help })}\n`);
  else await write(io.stderr, `not killed: ${makeVisible(message)} (${code})\n  ${makeVisible(help)}\n`);
}

/** What a person can do where the ledger does not carry the kill. */
async function elsewhere(store: Store, session: string): Promise<string> {
  return helpWith(await signalOf(store, session));
}

function helpWith(signal: string | undefined): string {
  const file =
    signal === undefined ? "the file that the envelope's `killSwitch.signal` names" : `the file \`${signal}\``;
  return `stop the gateways themselves, or make ${file} in their signal folders`;
}

/** As the first record has it, where that is whole. */
async function signalOf(store: Store, session: string): Promise<string | undefined> {
  const page = await store.read(session, 1, 1);
  const parsed = page.ok && page.texts[0] !== undefined ? parseRecord(page.texts[0], 1) : undefined;
  if (parsed?.ok !== true || parsed.record.type !== "activated") return undefined;
  try {
    const signal = ownMember(ownMember(JSON.parse(parsed.record.body.document), "killSwitch"), "signal");
    return typeof signal === "string" ? signal : undefined;
  } catch {
    return undefined;
  }
}
