/** Prints the milliseconds from the first import to the first verdict. */
const start = performance.now();
const { createHost } = await import("../../runtime/load.ts");
const { cedarWasm } = await import("../../runtime/node/cedar-wasm.ts");
const { loadFolder } = await import("../../runtime/node/load-folder.ts");
const { factsOf } = await import("./sample.ts");

const [folder = "", proposal = ""] = process.argv.slice(2);
const evaluator = createHost({ cedarWasm: await cedarWasm() }).load(await loadFolder(folder));
const { verdict } = evaluator.decide(proposal, factsOf(evaluator));
if (verdict !== "allow") throw new Error(`the sample call got ${verdict}`);
console.log(performance.now() - start);

export {};
