import type { Picture } from '../../core/pictures/picture.ts';

/** A theme's colour as a canvas takes it: "var(--int8)" means nothing to one. */
export function colourAt(element: Element, colour: string): string {
  const [, name] = /^var\((--[\w-]+)\)$/.exec(colour) ?? [];
  return name ? getComputedStyle(element).getPropertyValue(name).trim() : colour;
}

/** Gives a canvas the picture's size and shows it. */
export function putPicture(canvas: HTMLCanvasElement, { width, height, data }: Picture): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  // Copied where it is not a canvas's own kind of bytes.
  const pixels = new Uint8ClampedArray(data);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
}

/** Gives a canvas as many pixels as its place on the screen has; its coordinates are CSS pixels. */
export function fitted(canvas: HTMLCanvasElement): {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
} | null {
  const context = canvas.getContext('2d');
  if (!context) return null;
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}
