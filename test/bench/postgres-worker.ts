/** One of the processes that propose, or insert, at once: `URL NAME SESSIONS`, then orders from its parent. */
import pg from "pg";
import { createHost } from "../../runtime/load.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { postgresStore } from "../../runtime/node/postgres/store.ts";
import { appendAll } from "./append-all.ts";
import { barePostgres } from "./bare-cas.ts";
import { benchSigner, type Sitting, sit } from "./rows/session.ts";
import { artefactsOf, callOf } from "./sample.ts";

export interface Ordered {
  readonly work: "propose" | "append" | "insert";
  /** In each session, one after the other. */
  readonly each: number;
}

/** Done, if there is no error. */
export interface Told {
  readonly error?: string;
}

const bounds = 13;
const connections = 10;

async function main([url = "", name = "", count = ""]: readonly string[]): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  const store = postgresStore({ pool });
  const evaluator = createHost({ cedarWasm: await cedarWasm() }).load(artefactsOf(bounds));
  const signer = await benchSigner(name);
  const sittings: Sitting[] = [];
  for (let i = 0; i < Number(count); i++) sittings.push(await sit(store, evaluator, signer, `${name}-${i}`));
  const call = callOf(bounds, 100);
  await sittings[0]?.propose(call);
  const page = await store.read(sittings[0]?.session.id ?? "", 2, 1);
  const text = (page.ok && page.texts[0]) || "";
  const bare = await barePostgres(pool, `bare_${name}`);
  let runs = 0;
  const propose = async (each: number) => {
    await Promise.all(
      sittings.map(async (sitting) => {
        for (let i = 0; i < each; i++) await sitting.propose(call);
      }),
    );
  };
  const append = async (each: number) => {
    runs += 1;
    await Promise.all(sittings.map((_, i) => appendAll(store, `append-${name}-${runs}-${i}`, each, text)));
  };
  const insert = async (each: number) => {
    runs += 1;
    const texts = new Array(each).fill(text);
    const appended = await Promise.all(sittings.map((_, i) => bare.appendAll(`${runs}-${i}`, texts)));
    if (appended.some((done) => done !== each)) throw new Error("the bare loop lost a race");
  };
  const works = { propose, append, insert };
  process.on("message", ({ work, each }: Ordered) => {
    works[work](each).then(() => tell({}), fail);
  });
  tell({});
}

function tell(told: Told): void {
  process.send?.(told);
}

function fail(cause: unknown): void {
  tell({ error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
}

main(process.argv.slice(2)).catch(fail);
