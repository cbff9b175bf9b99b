/** `ambit/compiler`: envelope documents in, diagnostics and artefacts out. */
export { type Compilation, compile } from "./compile.ts";
export { narrower, widenings } from "./order/order.ts";
export { exceeds } from "./order/template.ts";
export type { Widening } from "./order/widening.ts";
export { type ReadOptions, readEnvelope } from "./read/read.ts";
export { readTemplate, type TemplateReading } from "./read/template.ts";
