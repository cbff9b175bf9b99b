#!/usr/bin/env node
// Nothing is imported before the version is known: an older Node would fail on the first modern file, without a sentence.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 13)) {
  try {
    const { runProcess } = await import("./process.ts");
    await runProcess();
  } catch (error) {
    console.error("internal error:", error);
    process.exitCode = 3;
  }
} else {
  process.stderr.write(`ambit needs Node 22.13 or newer; this is Node ${process.versions.node}\n`);
  process.exitCode = 2;
}

export {};
