import { expose, transfer } from 'comlink';
import { afterEach, expect, it, vi } from 'vitest';
import { randomFeeds } from '../../core/race/inputs.ts';
import { spec } from '../../core/race/testing.ts';
import type { NoiseApi } from '../protocol.ts';
import { noiseFeeds } from './noise.ts';

afterEach(() => vi.unstubAllGlobals());

/** Workers that do what noise.worker.ts does, at the other end of a message channel. */
function workers() {
  const started: MessagePort[] = [];
  vi.stubGlobal(
    'Worker',
    vi.fn(function start() {
      const { port1, port2 } = new MessageChannel();
      const api: NoiseApi = {
        make({ specs, typed, seed, count }) {
          const feeds = randomFeeds(specs, typed, seed, count);
          return transfer(
            feeds,
            feeds.inputs.map(({ data }) => data.buffer),
          );
        },
      };
      expose(api, port2);
      port1.start();
      started.push(port1);
      return Object.assign(port1, { terminate: () => port1.close() });
    }),
  );
  return started;
}

it('many numbers are made in a worker, and are those that any other place makes', async () => {
  const started = workers();
  const large = [spec('x', 'float32', 'n', 400), spec('ids', 'int64', 300)];
  expect(await noiseFeeds(large, { n: 300 }, 7)).toEqual(randomFeeds(large, { n: 300 }, 7));
  expect(started).toHaveLength(1);
});

it('few are made at once', async () => {
  const started = workers();
  const small = [spec('x', 'float32', 1, 28, 28)];
  expect(await noiseFeeds(small, {}, 7, 2)).toEqual(randomFeeds(small, {}, 7, 2));
  expect(started).toHaveLength(0);
});

it('too many are refused before a worker is asked', async () => {
  const started = workers();
  const square = [spec('x', 'float32', 16384, 16384)];
  await expect(noiseFeeds(square, {}, 1)).rejects.toMatchObject({ name: 'SizeError' });
  expect(started).toHaveLength(0);
});
