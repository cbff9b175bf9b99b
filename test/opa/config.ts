/** The configuration of OPA that the README shows, as a file; and a plain HTTP server for the bundle that it polls. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./server.ts";

const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");

/** The one block of YAML in the README, without its fences. */
export const opaConfig = /^```yaml\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? "";

export function configFile(more = ""): string {
  const file = join(mkdtempSync(join(tmpdir(), "ambit-config-")), "opa.yaml");
  writeFileSync(file, `${opaConfig}${more}`);
  return file;
}

/** A PEM as the README's shell command puts it into the environment. */
export function asVariable(pem: string): string {
  return pem.replaceAll("\n", "\\n");
}

export interface BundleServer {
  readonly url: string;
  /** What is served from now on; nothing is 404. */
  publish(bundle: Uint8Array | undefined): void;
  /** Answers by status. */
  readonly counts: Map<number, number>;
  close(): void;
}

/** Serves one file by its ETag and knows nothing of OPA. */
export async function serveBundles(): Promise<BundleServer> {
  let current: { readonly bytes: Uint8Array; readonly etag: string } | undefined;
  const counts = new Map<number, number>();
  const server: Server = createServer((request, response) => {
    const found = request.method === "GET" && request.url === "/bundle.tar.gz" ? current : undefined;
    const status = found === undefined ? 404 : request.headers["if-none-match"] === found.etag ? 304 : 200;
    counts.set(status, (counts.get(status) ?? 0) + 1);
    response.writeHead(status, found === undefined ? {} : { etag: found.etag });
    response.end(status === 200 ? found?.bytes : undefined);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    publish(bytes) {
      current =
        bytes === undefined ? undefined : { bytes, etag: `"${createHash("sha256").update(bytes).digest("hex")}"` };
    },
    counts,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
