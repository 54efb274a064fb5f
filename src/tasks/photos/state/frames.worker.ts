import { serveFrames } from '../../../engine/media/framesWorker.ts';
import { prepare, read } from '../core/live.ts';

serveFrames({ prepare, read });
