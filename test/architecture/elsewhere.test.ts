/** The decide path runs where there is no Node: bundled for a browser and run in a context that has the web's globals only
 * (the arrays among them are this realm's, so that there is one `Uint8Array` as everywhere). */
import { createContext, runInContext } from "node:vm";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";
import { openExample } from "../../examples/example.ts";
import { cedarWasm } from "../../runtime/node/index.ts";

const entry = new URL("elsewhere-entry.ts", import.meta.url).pathname;

test("the runtime judges an example with nothing but WebAssembly, TextEncoder, TextDecoder and URL", async () => {
  const bundle = await rolldown({ input: entry, platform: "browser", logLevel: "silent" });
  const { output } = await bundle.generate({ format: "iife", name: "ambit" });
  expect(output[0].imports).toEqual([]);

  const context = createContext({ TextEncoder, TextDecoder, URL, WebAssembly, ArrayBuffer, DataView, Uint8Array });
  runInContext(`${output[0].code}\nglobalThis.ambit = ambit;`, context);
  const { artefacts, lines } = await openExample("http-and-files");
  const answered = JSON.parse(context.ambit.judge([...artefacts], await cedarWasm(), lines));
  expect(answered).toEqual({ differences: lines.map(() => null), faults: [] });
});
