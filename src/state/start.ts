import { errorFacts } from '../core/race/events.ts';
import { findDevice } from '../engine/devices.ts';
import { fetchManifest } from '../engine/models.ts';
import { clearWithModel } from './anew.ts';
import { bench } from './bench.ts';
import { recallDeviceClass } from './choices.ts';
import { whenQuiet } from './cores.ts';
import { device } from './device.ts';
import { digitPack } from './downloads.ts';
import { recallEnergy } from './energyRecall.ts';
import { readIdlePage } from './pageMemory.ts';
import { watchRaceConditions } from './raceConditions.ts';
import { startKeeping } from './recovering.ts';

/** Everything the page does by itself when it opens; failures end up in the stores. */
export async function startApp(): Promise<void> {
  if (import.meta.env.PROD) startServiceWorker();
  recallDeviceClass();
  void recallEnergy();
  startKeeping();
  clearWithModel();
  watchRaceConditions();
  void findDevice().then((facts) => device.setState({ facts }));
  await loadCatalogue();
  void readIdlePage();
}

/** Nothing of it comes with a first visit that the host isolates already. */
function startServiceWorker(): void {
  const load = () =>
    void import('./offline.ts').then(({ startOffline }) => startOffline(whenQuiet));
  if (crossOriginIsolated && !navigator.serviceWorker?.controller) whenQuiet(load);
  else load();
}

/** Reads the zoo's manifest and the few digits that come with the page. */
export async function loadCatalogue(): Promise<void> {
  const { signal } = new AbortController();
  bench.setState({ catalogue: { state: 'loading' } });
  try {
    const zoo = await fetchManifest(signal);
    const [first] = zoo;
    bench.setState(({ models, modelId }) => ({
      catalogue: { state: 'ready' },
      models: [...zoo, ...models],
      modelId: modelId ?? first?.id ?? null,
    }));
    const pack = first?.preview;
    if (pack) bench.setState({ preview: await digitPack(pack, signal) });
  } catch (thrown) {
    bench.setState({ catalogue: { state: 'failed', error: errorFacts(thrown) } });
  }
}
