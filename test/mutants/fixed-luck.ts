/** Properties draw the same values in every run, and a failure is not made small: that it fails is all that is asked. */
import fc from "fast-check";

fc.configureGlobal({ seed: 1, endOnFailure: true });
