/** Tells a worker's clock to the page: once, or as watched for a while. */
import { watchClock } from './clock.ts';

addEventListener('message', ({ data }: MessageEvent<'now' | 'watch'>) => {
  postMessage(data === 'now' ? performance.now() : watchClock());
});
