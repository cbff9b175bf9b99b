/** A stream of bytes as lines, without ever holding more than one of them. */

/** More than a proposal of 1 MiB and its facts need. */
export const longestLineBytes = 16 * 1024 * 1024;

const lineFeed = 0x0a;

/** One line without its line feed; null for one that is too long to be held. What follows the last line feed is a line unless it is empty. */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  longest = longestLineBytes,
): AsyncGenerator<Uint8Array | null> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const add = (part: Uint8Array) => {
    size += part.length;
    if (size <= longest) parts.push(part);
    else parts = [];
  };
  const take = (): Uint8Array | null => {
    const line = size > longest ? null : joined(parts, size);
    parts = [];
    size = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (size > 0) yield take();
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const line = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    line.set(part, offset);
    offset += part.length;
  }
  return line;
}
