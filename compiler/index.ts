/** `ambit/compiler`: envelope documents in, diagnostics and artefacts out. */
export { type Compilation, compile } from "./compile.ts";
export { type ReadOptions, readEnvelope } from "./read/read.ts";
