import { Fault } from '../core/errors.ts';
import type { Picture } from '../core/tasks/picture.ts';

/** A camera's picture has more pixels than any network looks at. */
const LONGEST_SIDE = 2048;

/**
 * Decodes a picture, turned as its camera was held; larger ones are scaled down.
 * @param name as the user knows it
 * @throws Fault UnsupportedInputError for what this browser cannot decode
 */
export async function decodePicture(file: Blob, name: string): Promise<Picture> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    const type = file.type || 'of no known type';
    throw new Fault(
      'UnsupportedInputError',
      `${name} (${type}) is no picture that this browser can open.`,
    );
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Fault('OutOfMemoryError', `${name} is too large to be drawn.`);
  // Networks see no transparency; paper is white.
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}
