/** `npm run generate`: everything that is checked in and made from something else; with `--check`, whether it is up to date. */
await import("../schema/generate.ts");
await import("./seeds/generate.ts");
