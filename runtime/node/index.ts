/** `ambit/runtime/node`: what the runtime needs of Node: folders, and the Cedar module from the installed package. */
export { cedarWasm } from "./cedar-wasm.ts";
export { loadFolder } from "./load-folder.ts";
