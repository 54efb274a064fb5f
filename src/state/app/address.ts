/**
 * What is chosen stands in the address, "#/?model=photos&mode=load&length=short", so that a reload,
 * the way back and a link that was sent keep it. What is usual is left out.
 */
import type { Model } from '../../core/models/model.ts';
import { modeKinds } from '../../core/modes/register.ts';
import { type BenchState, bench } from '../bench/bench.ts';
import { chooseModel } from '../bench/choices.ts';
import { selectedModel } from '../bench/selectors.ts';
import { allLengths, lengthOf } from '../modes/length.ts';
import { chooseMode, type ModesState, modes } from '../modes/modes.ts';
import { measurementLock } from '../page/measurementLock.ts';
import { hashPath, hashQuery } from './hash.ts';

/** Pages that say in their address what is chosen, and what of it they show. */
const PARTS: Readonly<Record<string, readonly Part[]>> = {
  '/': ['model', 'mode', 'length'],
  '/compress': ['model'],
};

type Part = 'model' | 'mode' | 'length';

/** Files are not kept, so no address can lead to a model made of them. */
const isOwn = ({ variants }: Model) => variants.some(({ source }) => source.kind === 'dropped');

/** What a page's address says behind its question mark. */
export function queryOf(path: string, state: BenchState, chosen: ModesState): string {
  const model = selectedModel(state);
  const length = lengthOf(chosen.mode);
  const says: Readonly<Record<Part, string | null>> = {
    model: model && !isOwn(model) && model !== state.models[0] ? model.id : null,
    mode: chosen.mode === modes.getInitialState().mode ? null : chosen.mode,
    length: length && length.text() !== length.usual ? length.text() : null,
  };
  const query = new URLSearchParams();
  for (const part of PARTS[path] ?? []) {
    const value = says[part];
    if (value !== null) query.set(part, value);
  }
  return query.toString();
}

const takers: Readonly<Record<Part, (value: string) => boolean>> = {
  model: (id) => {
    const { models, modelId } = bench.getState();
    const known = models.some((model) => model.id === id);
    if (known && id !== modelId) chooseModel(id);
    return known;
  },
  mode: (kind) => {
    const known = modeKinds().some((mode) => mode.kind === kind);
    if (known) chooseMode(kind);
    return known;
  },
  length: (text) => lengthOf(modes.getState().mode)?.take(text) ?? false,
};

/** Chooses what an address says; what it cannot be taken at its word for is said. */
export function takeQuery(path: string, query: string): void {
  const asked = new URLSearchParams(query);
  for (const part of PARTS[path] ?? []) {
    const value = asked.get(part);
    if (value === null || takers[part](value)) continue;
    const message = `The address asks for the ${part} “${value}”, which does not exist here.`;
    bench.setState({ refusal: { name: 'AddressError', message } });
  }
}

function write(): void {
  const path = hashPath();
  if (!(path in PARTS) || bench.getState().catalogue.state !== 'ready') return;
  const query = queryOf(path, bench.getState(), modes.getState());
  if (query !== hashQuery()) history.replaceState(null, '', `#${path}${query && `?${query}`}`);
}

function read(): void {
  // While something is measured, what it runs on must not change.
  if (measurementLock.getState().taken === null) takeQuery(hashPath(), hashQuery());
  write();
}

/** Holds the address and what is chosen together from here on. */
export function startAddress(): void {
  bench.subscribe(({ catalogue }, before) => {
    // Only now it is known which models there are.
    if (catalogue.state === 'ready' && before.catalogue.state !== 'ready') read();
    else write();
  });
  modes.subscribe(write);
  for (const { subscribe } of allLengths()) subscribe(write);
  addEventListener('hashchange', read);
}
