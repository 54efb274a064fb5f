import { bench } from './bench.ts';
import { addFiles, isModel } from './drop.ts';
import { takeFile } from './inputs/files.ts';
import { takePhoto } from './inputs/photos.ts';
import { selectedModel } from './selectors.ts';

/** What becomes of files that are dropped on the bench, in words. */
export function droppedWords(kind: string | undefined): string {
  switch (kind) {
    case 'photos':
      return 'Drop a picture to see what the lanes see in it, or .onnx files to race them';
    case 'files':
      return 'Drop any file to tell its type; .onnx files are raced';
    default:
      return 'Drop .onnx files to race them';
  }
}

/** Files dropped on the bench: models to race, or an input for the selected model. */
export async function takeDropped(files: readonly File[]): Promise<void> {
  const model = selectedModel(bench.getState());
  const [first] = files;
  if (!first || !model || files.some(isModel)) return addFiles(files);
  switch (model.task.kind) {
    case 'photos':
      return takePhoto(first);
    case 'files':
      return takeFile(model, first);
    default:
      return addFiles(files);
  }
}
