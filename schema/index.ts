export * from "./artefacts.ts";
export * from "./bounds.ts";
export type * from "./diagnostic.ts";
export type * from "./envelope.ts";
export type * as normalised from "./normalised.ts";
export type * from "./request.ts";
export type * from "./verdict.ts";
