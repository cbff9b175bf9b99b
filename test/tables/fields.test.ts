/** Runs every file of cases under `fields/`. */
import { readdirSync } from "node:fs";

const folder = new URL("./fields/", import.meta.url);

for (const file of readdirSync(folder).sort()) await import(new URL(file, folder).pathname);
