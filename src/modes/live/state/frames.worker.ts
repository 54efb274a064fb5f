import { serveFrames } from '../../../engine/media/framesWorker.ts';
import { preparePicture, readPictureAnswer } from '../core/pictures.ts';

serveFrames({ prepare: preparePicture, read: readPictureAnswer });
