/** A file that is mounted by itself, opened by the program of a container: prints how writing and reading end. */
import { openSqliteRecords } from "../../runtime/node/sqlite-records.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";

const [path = ""] = process.argv.slice(2);
const page = await sqliteStore(path).read("s", 1, 1);
let read = "read";
try {
  openSqliteRecords(path).close();
} catch (error) {
  read = String(error);
}
console.log(JSON.stringify({ written: page.ok ? "opened" : page.fault.message, read }));
