/** A process that holds a private key and signs what it is sent: one message and one signature a line, in base64. The key never leaves it. */
import { createInterface } from "node:readline";
import { readSigner } from "../../runtime/authority/keys.ts";
import { jwkOf } from "./key-pairs.ts";

const read = await readSigner(JSON.stringify(jwkOf(process.argv[2] ?? "")));
if (!read.ok) throw new Error(read.reason);
for await (const line of createInterface({ input: process.stdin })) {
  const signature = await read.signer.sign(Buffer.from(line, "base64"));
  process.stdout.write(`${Buffer.from(signature).toString("base64")}\n`);
}
