import { beforeEach, describe, expect, it } from 'vitest';
import { readManifest } from '../../core/models/manifest.ts';
import { zooManifest } from '../../core/models/zoo.testing.ts';
import '../../modes/registered.testing.ts';
import { bench } from '../bench/bench.ts';
import { allLengths, type ModeLength, registerLength } from '../modes/length.ts';
import { modes } from '../modes/modes.ts';
import { queryOf, takeQuery } from './address.ts';

const lengths = import.meta.glob<ModeLength>('../../modes/*/state/options.ts', {
  eager: true,
  import: 'length',
});
for (const [path, length] of Object.entries(lengths)) {
  registerLength(path.split('/').at(-3) ?? '', length);
}
const models = readManifest(zooManifest());
const [first, second] = models;

const query = (path = '/') => queryOf(path, bench.getState(), modes.getState());

beforeEach(() => {
  bench.setState({ ...bench.getInitialState(), models, modelId: first?.id ?? null });
  modes.setState(modes.getInitialState());
  for (const { take, usual } of allLengths()) take(usual);
});

describe('the address', () => {
  it('is empty while the usual stands', () => expect(query()).toBe(''));

  it('says what is chosen, and takes it again', () => {
    for (const [mode, length] of [
      ['race', 'rounds-30'],
      ['race', 'seconds-15'],
      ['sustained', '300'],
      ['load', 'short'],
      ['batches', '60'],
    ]) {
      const asked = new URLSearchParams({ model: second?.id ?? '', mode: mode ?? '' });
      if (mode === 'race') asked.delete('mode');
      asked.set('length', length ?? '');
      takeQuery('/', asked.toString());
      expect(query()).toBe(asked.toString());
      expect(bench.getState().refusal).toBeNull();
    }
  });

  it('names the model alone where only that is chosen', () => {
    takeQuery('/', `model=${second?.id}&mode=load`);
    expect(query('/compress')).toBe(`model=${second?.id}`);
    expect(query('/device')).toBe('');
  });

  it('says nothing of the user’s own files, which no link could open', () => {
    const variants = (first?.variants ?? []).map((variant) => ({
      ...variant,
      source: { kind: 'dropped', file: 'mine.onnx' } as const,
    }));
    const own = { ...first, id: 'custom-file1', variants } as NonNullable<typeof first>;
    bench.setState({ models: [...models, own], modelId: own.id });
    expect(query()).toBe('');
  });

  it('that asks for what is not here says so, and changes nothing', () => {
    for (const asked of ['model=nothing', 'mode=nothing', 'length=rounds-0', 'length=']) {
      bench.setState({ refusal: null });
      takeQuery('/', asked);
      expect(bench.getState().refusal?.name, asked).toBe('AddressError');
      expect(query()).toBe('');
    }
    takeQuery('/', 'mode=load&length=endless');
    expect(bench.getState().refusal?.message).toContain('length “endless”');
    expect(query()).toBe('mode=load');
  });
});
