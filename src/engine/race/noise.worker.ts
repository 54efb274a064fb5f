/** Makes up feeds off the page's thread. */
import { expose, transfer } from 'comlink';
import { randomFeeds } from '../../core/race/inputs.ts';
import type { NoiseApi } from '../protocol.ts';

const api: NoiseApi = {
  make({ specs, typed, seed, count }) {
    const feeds = randomFeeds(specs, typed, seed, count);
    return transfer(
      feeds,
      feeds.inputs.map(({ data }) => data.buffer),
    );
  },
};

expose(api);
