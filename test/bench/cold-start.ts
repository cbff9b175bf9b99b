/** Prints the milliseconds from the first import of the built package to the first verdict. */
const start = performance.now();
const { createHost, freshFacts } = await import("ambit/runtime");
const { cedarWasm, loadFolder } = await import("ambit/runtime/node");

const [folder = "", proposal = "", now = ""] = process.argv.slice(2);
const evaluator = createHost({ cedarWasm: await cedarWasm() }).load(await loadFolder(folder));
const { verdict } = evaluator.decide(proposal, freshFacts(evaluator.envelope, "pay", Number(now)));
if (verdict !== "allow") throw new Error(`the sample call got ${verdict}`);
console.log(performance.now() - start);

export {};
