/** The signal folder: a name in it is the kill, and so is everything that keeps anybody from seeing that it is not. */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { signalFolder } from "../../runtime/node/signal-folder.ts";
import { isSignalGiven } from "../../runtime/session/kill/signals.ts";
import { temporaryFolder } from "../fresh-copy.ts";

let outer: string;
let folder: string;
beforeEach(() => {
  outer = temporaryFolder("signals");
  folder = join(outer, "signals");
  mkdirSync(folder);
});
afterEach(() => rmSync(outer, { recursive: true, force: true }));
const isKill = (name: string) => isSignalGiven(signalFolder(folder), name);

test("a name's own folder may be a link to where it is", () => {
  mkdirSync(join(outer, "volume"));
  symlinkSync(join(outer, "volume"), join(folder, "kill"));
  expect(isKill("kill/env-1")).toBe(false);
  writeFileSync(join(outer, "volume/env-1"), "");
  expect(isKill("kill/env-1")).toBe(true);
});

test("the folder may be a link to where it is", () => {
  const link = join(outer, "link");
  symlinkSync("signals", link);
  const isKillThere = () => isSignalGiven(signalFolder(link), "stop");
  expect(isKillThere()).toBe(false);
  writeFileSync(join(folder, "stop"), "");
  expect(isKillThere()).toBe(true);
  rmSync(folder, { recursive: true });
  expect(isKillThere()).toBe(true);
});

describe("a kill is", () => {
  test.each<readonly [string, string, () => void]>([
    ["a file of that name", "stop", () => writeFileSync(join(folder, "stop"), "")],
    ["a folder of that name", "stop", () => mkdirSync(join(folder, "stop"))],
    ["a link to nowhere", "stop", () => symlinkSync("nowhere", join(folder, "stop"))],
    [
      "a file in a folder",
      "kill/env-1",
      () => {
        mkdirSync(join(folder, "kill"));
        writeFileSync(join(folder, "kill/env-1"), "");
      },
    ],
    ["a file where a folder should be", "kill/env-1", () => writeFileSync(join(folder, "kill"), "")],
    [
      "a link in its path to a volume that is not there",
      "kill/eu/env-1",
      () => {
        mkdirSync(join(folder, "kill"));
        symlinkSync(join(outer, "volume"), join(folder, "kill/eu"));
      },
    ],
    [
      "a link in its path to a file",
      "kill/env-1",
      () => {
        writeFileSync(join(outer, "file"), "");
        symlinkSync(join(outer, "file"), join(folder, "kill"));
      },
    ],
    ["a folder that has gone", "stop", () => renameSync(folder, join(outer, "gone"))],
    [
      "a file in place of the folder",
      "stop",
      () => {
        rmSync(folder, { recursive: true });
        writeFileSync(folder, "");
      },
    ],
    ["a loop of links", "loop/stop", () => symlinkSync("loop", join(folder, "loop"))],
    ["a name that is too long to be looked for", "x".repeat(300), () => {}],
  ])("%s", (_, name, make) => {
    if (name !== "x".repeat(300)) expect(isKill(name)).toBe(false);
    make();
    expect(isKill(name)).toBe(true);
  });

  test.each(["", "/stop", "stop/", "a//b", ".", "..", "../stop", "a/../stop", "a\\b", "a\0b"])(
    "the name %j, which is none below the folder",
    (name) => expect(isKill(name)).toBe(true),
  );
});

describe("no kill is", () => {
  test.each<readonly [string, () => void]>([
    ["a file of another name", () => writeFileSync(join(folder, "stop-1"), "")],
    ["a file in other capitals", () => writeFileSync(join(folder, "Stop"), "")],
    ["a file outside", () => writeFileSync(join(outer, "stop"), "")],
  ])("%s", (_, make) => {
    make();
    expect(isKill("stop")).toBe(false);
  });
});
