/** A way to a server on which everything goes wrong that can: what comes over it is late, twice, garbled, or not at all. */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export type WireFault =
  /** Bytes are late, in order. */
  | "delay"
  /** The connection ends before the statement has reached the server. */
  | "cut before"
  /** The statement reaches the server; its answer is lost with the connection. */
  | "cut after"
  /** Nothing comes through any more, and nobody is told. */
  | "half-open"
  /** The answer comes twice. */
  | "twice"
  /** One byte of the answer is another. */
  | "garbled";

export const wireFaults: readonly WireFault[] = ["delay", "cut before", "cut after", "half-open", "twice", "garbled"];

export interface FaultyProxy {
  readonly port: number;
  /** How often each fault has happened. */
  readonly happened: ReadonlyMap<WireFault, number>;
  stop(): Promise<void>;
}

/**
 * @param next what happens to the next exchange; undefined is nothing
 * @param random from 0 to below 1
 */
export async function startFaultyProxy(
  target: number,
  next: () => WireFault | undefined,
  random: () => number,
): Promise<FaultyProxy> {
  const happened = new Map<WireFault, number>();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: target, host: "127.0.0.1", noDelay: true });
    let fault: WireFault | undefined;
    let isDead = false;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        if (!isDead) end();
      });
    }
    /** Each of the client's messages begins an exchange. */
    client.on("data", (bytes) => {
      if (isDead) return;
      fault = next();
      if (fault !== undefined) happened.set(fault, (happened.get(fault) ?? 0) + 1);
      if (fault === "cut before") return end();
      if (fault === "half-open") {
        isDead = true;
        if (random() < 0.5) return;
      }
      later(fault, random, () => upstream.write(bytes));
    });
    upstream.on("data", (bytes) => {
      if (isDead) return;
      if (fault === "cut after") return end();
      if (fault === "garbled") bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      later(fault, random, () => client.write(fault === "twice" ? Buffer.concat([bytes, bytes]) : bytes));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    happened,
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}

function later(fault: WireFault | undefined, random: () => number, send: () => void): void {
  if (fault === "delay") setTimeout(send, random() * 40);
  else send();
}
