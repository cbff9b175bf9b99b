/** Why artefacts do not load: one sentence that names the file. */
export class ArtefactsRefused extends Error {
  override readonly name = "ArtefactsRefused";
  /** Path within the artefact folder. */
  readonly file: string;

  constructor(file: string, problem: string) {
    super(`artefact \`${file}\` ${problem}`);
    this.file = file;
  }
}
