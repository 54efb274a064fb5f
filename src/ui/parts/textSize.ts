/** How much larger than usual the reader has set the browser's text, as pages find it at their start. */
const TIMES =
  typeof document === 'undefined'
    ? 1
    : Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** Pixels that hold text, where a style sheet would say rem: they grow with the reader's text. */
export const forText = (pixels: number): number => pixels * TIMES;
