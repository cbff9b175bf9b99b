/** Runs every file of cases under `bounds/`. */
import { readdirSync } from "node:fs";

const folder = new URL("./bounds/", import.meta.url);

for (const file of readdirSync(folder).sort()) await import(new URL(file, folder).pathname);
