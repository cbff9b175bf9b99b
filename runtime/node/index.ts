/** `ambit/runtime/node`: what the runtime needs of Node: folders, and the Cedar module from the installed package. */
export { cedarWasm } from "./cedar-wasm.ts";
export { loadFolder } from "./load-folder.ts";
export { readNativeSigner } from "./native-signer.ts";
export {
  type PostgresOptions,
  type PostgresStore,
  postgresStore,
  type SessionsResult,
} from "./postgres/store.ts";
export { type SqliteOptions, sqliteStore } from "./sqlite-store.ts";
