/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Red, green, blue and alpha of every pixel, row by row, 0..255, as a canvas gives them. */
export interface Picture extends Size {
  readonly data: Uint8Array | Uint8ClampedArray;
}
