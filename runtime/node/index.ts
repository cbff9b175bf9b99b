/** `ambit/runtime/node`: what the runtime needs of Node: folders, and the Cedar module from the installed package. */
export { cedarWasm } from "./cedar-wasm.ts";
export { type CommandVerifierOptions, commandVerifier } from "./command-verifier.ts";
export { loadFolder } from "./load-folder.ts";
export { readNativeSigner } from "./native-signer.ts";
export {
  type PostgresOptions,
  type PostgresStore,
  postgresStore,
  type SessionsResult,
} from "./postgres/store.ts";
export { signalFolder } from "./signal-folder.ts";
export { type SqliteOptions, sqliteStore } from "./sqlite-store.ts";
export { type PostgresWatch, watchPostgres } from "./watch/postgres.ts";
export { watchSignals } from "./watch/signals.ts";
export { watchSqlite } from "./watch/sqlite.ts";
