import { errorFacts } from '../../core/race/events.ts';
import { findDevice } from '../../engine/device/devices.ts';
import { fetchManifest } from '../../engine/files/models.ts';
import { bench } from '../bench/bench.ts';
import { recallDeviceClass } from '../bench/choices.ts';
import { followSelection } from '../bench/inputs.ts';
import { device } from '../device/device.ts';
import { readIdlePage } from '../device/pageMemory.ts';
import { recallEnergy } from '../energy/energyRecall.ts';
import { whenQuiet } from '../page/measurementLock.ts';
import { watchRaceConditions } from '../race/raceConditions.ts';
import { startStoring } from '../reports/recovering.ts';
import { startAddress } from './address.ts';
import { clearWithModel } from './anew.ts';

/** Everything the page does by itself when it opens; failures end up in the stores. */
export async function startApp(): Promise<void> {
  if (import.meta.env.PROD) startServiceWorker();
  recallDeviceClass();
  void recallEnergy();
  startStoring();
  clearWithModel();
  followSelection();
  startAddress();
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

/** Reads the zoo's manifest. */
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
  } catch (thrown) {
    bench.setState({ catalogue: { state: 'failed', error: errorFacts(thrown) } });
  }
}
