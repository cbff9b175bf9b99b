/** Appends to the SQLite ledger that is named until nothing goes any more; prints how many records were confirmed, and how many can be read. */
import { noHead } from "../../runtime/ledger/record.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";

const store = sqliteStore(process.argv[2] ?? "");
let head = noHead;
for (let failures = 0; failures < 3; ) {
  const seq = head.seq + 1;
  const record = { seq, hash: `h${seq}`, text: JSON.stringify("x".repeat(2_000)) };
  const result = await store.append("s", head, record);
  if (result.outcome === "appended") head = record;
  // The first failures may give way: the log's records are moved to the file.
  failures = result.outcome === "failed" ? failures + 1 : 0;
}
const page = await store.read("s", 1, 1_000);
console.log(JSON.stringify({ confirmed: head.seq, readable: page.ok ? page.texts.length : page.fault.message }));
