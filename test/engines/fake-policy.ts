/** Assembles WebAssembly modules with OPA's ABI that answer whatever they are told to, or trap. */

export interface FakePolicy {
  /** The text that `opa_eval` answers; without it, `opa_eval` traps. */
  readonly answer?: string;
  readonly entrypoints?: string;
  readonly builtins?: string;
  readonly abi?: readonly [major: number, minor: number];
  /** Name of a function in `env` that the module asks for. */
  readonly imports?: string;
  /** Name of an export to leave out. */
  readonly lacks?: string;
}

const i32 = 0x7f;
const types = [signature(0, 1), signature(1, 1), signature(1, 0), signature(2, 1), signature(7, 1)];
const addresses = { entrypoints: 1024, builtins: 2048, answer: 4096, heap: 65_536 };

export function fakePolicy({ answer, imports, lacks, ...rest }: FakePolicy): Uint8Array {
  const { entrypoints = '{"ambit/decision":0}', builtins = "{}", abi = [1, 3] } = rest;
  const functions: readonly (readonly [name: string, type: number, body: readonly number[]])[] = [
    ["builtins", 0, constant(addresses.builtins)],
    ["entrypoints", 0, constant(addresses.entrypoints)],
    ["opa_heap_ptr_get", 0, constant(addresses.heap)],
    ["opa_heap_ptr_set", 2, []],
    ["opa_malloc", 1, constant(addresses.heap)],
    ["opa_json_parse", 3, constant(8)],
    ["opa_json_dump", 1, [0x20, 0]],
    ["opa_eval", 4, answer === undefined ? [0x00] : constant(addresses.answer)],
  ];
  const imported = imports === undefined ? 0 : 1;
  const exported = functions.map(([name], index) => ({ name, kind: 0, index: index + imported }));
  const globals = ["opa_wasm_abi_version", "opa_wasm_abi_minor_version"].map((name, index) => ({
    name,
    kind: 3,
    index,
  }));
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, [
      [...text("env"), ...text("memory"), 2, 0, 1],
      ...(imports === undefined ? [] : [[...text("env"), ...text(imports), 0, 0]]),
    ]),
    ...section(
      3,
      functions.map(([, type]) => [type]),
    ),
    ...section(
      6,
      abi.map((version) => [i32, 0, ...constant(version), 0x0b]),
    ),
    ...section(
      7,
      [...exported, ...globals]
        .filter(({ name }) => name !== lacks)
        .map(({ name, kind, index }) => [...text(name), kind, index]),
    ),
    ...section(
      10,
      functions.map(([, , body]) => [...unsigned(body.length + 2), 0, ...body, 0x0b]),
    ),
    ...section(11, [
      data(addresses.entrypoints, entrypoints),
      data(addresses.builtins, builtins),
      data(addresses.answer, answer ?? ""),
    ]),
  ]);
}

function signature(parameters: number, results: number): number[] {
  return [0x60, parameters, ...Array(parameters).fill(i32), results, ...Array(results).fill(i32)];
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function data(address: number, content: string): number[] {
  return [0, ...constant(address), 0x0b, ...text(`${content}\0`)];
}

function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [...unsigned(bytes.length), ...bytes];
}

/** `i32.const`. */
function constant(value: number): number[] {
  return [0x41, ...signed(value)];
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
}
