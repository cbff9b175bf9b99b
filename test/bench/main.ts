/** `npm run bench [-- --json]`: every figure within one run on this machine; exit status 1 where one is not reached. */
import { isReached, type Measurement, type Row } from "./row.ts";
import { coldRows } from "./rows/cold.ts";
import { compileRows } from "./rows/compile.ts";
import { decideRows } from "./rows/decide.ts";
import { scaleRows } from "./rows/scale.ts";

const measurements: Readonly<Record<string, Measurement>> = {
  decide: decideRows,
  compile: compileRows,
  cold: coldRows,
  scale: scaleRows,
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const json = process.argv.includes("--json");

for (const [name, measure] of Object.entries(measurements)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (process.stderr.isTTY) process.stderr.write(`measuring ${name}\r`);
  for (const row of await measure()) {
    const ok = isReached(row);
    console.log(
      json
        ? JSON.stringify({
            name: row.name,
            value: row.value,
            unit: row.unit,
            limit: row.limit ?? row.least ?? null,
            ok,
          })
        : line(row, ok),
    );
    if (!ok) process.exitCode = 1;
  }
}

function line(row: Row, ok: boolean): string {
  const bound = row.limit !== undefined ? `≤ ${row.limit}` : row.least !== undefined ? `≥ ${row.least}` : "";
  const mark = bound === "" ? " " : ok ? "✓" : "✗";
  return `${mark} ${row.name.padEnd(56)} ${row.value.toFixed(2).padStart(10)} ${row.unit.padEnd(4)} ${bound.padEnd(8)} ${row.from ?? ""}`;
}
