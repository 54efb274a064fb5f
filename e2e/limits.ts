/** For what runs a model many times: only what hangs takes longer, on a busy machine too. */
export const LONG_MS = 240_000;
