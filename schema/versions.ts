/** What an artefact was made with. A test holds these against package.json and the policy lock. */
export const versions = {
  ambit: "0.1.0",
  language: "1",
  cedar: "4.13.0",
  opa: "1.22.0",
} as const;
