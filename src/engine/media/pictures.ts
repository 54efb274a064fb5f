import { Fault } from '../../core/errors.ts';
import type { Picture } from '../../core/pictures/picture.ts';

/** A camera's picture has more pixels than any network looks at. */
const LONGEST_SIDE = 2048;

/**
 * A canvas to read pictures from.
 * @throws Fault OutOfMemoryError where the browser has none left
 */
export function canvasContext(): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Fault('OutOfMemoryError', 'The browser has no canvas left to draw on.');
  return context;
}

/**
 * The pixels of an image, scaled down where its longer side is longer than `longest`.
 * @param size the image's own, in pixels
 */
export function readPicture(
  context: CanvasRenderingContext2D,
  image: CanvasImageSource,
  size: Pick<Picture, 'width' | 'height'>,
  longest: number,
): Picture {
  const scale = Math.min(1, longest / Math.max(size.width, size.height));
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  // Also clears it, and slowly: only where it must.
  if (context.canvas.width !== width) context.canvas.width = width;
  if (context.canvas.height !== height) context.canvas.height = height;
  // Networks see no transparency; paper is white.
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

/**
 * Decodes a picture, turned as its camera was held; larger ones are scaled down.
 * @param name as the user knows it
 * @throws Fault FileFormatError for what this browser cannot decode
 */
export async function decodePicture(file: Blob, name: string): Promise<Picture> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    const type = file.type || 'of unknown type';
    throw new Fault(
      'FileFormatError',
      `${name} (${type}) is not a picture that this browser can open.`,
    );
  }
  try {
    return readPicture(canvasContext(), bitmap, bitmap, LONGEST_SIDE);
  } finally {
    bitmap.close();
  }
}
