import { NativeSelect, NumberInput, SegmentedControl } from '@mantine/core';
import type { Mode } from '../core/problem.ts';
import {
  chosenGenerators,
  generatorTitle,
  NOBODY,
  pickGenerator,
  setThinking,
  type TokenGenerator,
} from '../state/thinking.ts';
import styles from './Thinking.module.css';
import { useThinking } from './useThinking.ts';

const MODES: { value: Mode; label: string }[] = [
  { value: 'think', label: 'Think, step by step' },
  { value: 'direct', label: 'Answer at once' },
];

const CHOICES = [
  { value: '0', label: 'the most likely' },
  { value: '0.4', label: 'sampled, temperature 0.4' },
  { value: '0.7', label: 'sampled, temperature 0.7' },
  { value: '1', label: 'sampled, temperature 1' },
  { value: '1.5', label: 'sampled, temperature 1.5' },
];

/** All who can write, by model. */
function groupsOf(generators: readonly TokenGenerator[]) {
  const models = [...new Set(generators.map(({ model }) => model))];
  return models.map(({ id, title }) => ({
    group: title,
    items: generators
      .filter(({ model }) => model.id === id)
      .map((generator) => ({
        value: generator.id,
        label: generatorTitle(generator, models[0]?.id ?? null),
      })),
  }));
}

interface DialsProps {
  readonly generators: readonly TokenGenerator[];
  readonly disabled: boolean;
}

/** Who writes, with or without steps, and how each character is chosen. */
export function Dials({ generators, disabled }: DialsProps) {
  const state = useThinking((all) => all);
  const [first, second] = chosenGenerators(generators, state);
  const groups = groupsOf(generators);
  return (
    <div className={styles['dials']}>
      <SegmentedControl
        size="xs"
        aria-label="How to answer"
        value={state.mode}
        disabled={disabled}
        onChange={(value) => setThinking({ mode: value as Mode })}
        data={MODES}
      />
      <NativeSelect
        size="xs"
        label="Who writes"
        value={first?.id ?? NOBODY}
        disabled={disabled}
        onChange={({ currentTarget }) => pickGenerator(generators, 0, currentTarget.value)}
        data={groups}
      />
      <NativeSelect
        size="xs"
        label="Second lane"
        value={second?.id ?? NOBODY}
        disabled={disabled}
        onChange={({ currentTarget }) => pickGenerator(generators, 1, currentTarget.value)}
        data={[{ value: NOBODY, label: 'nobody' }, ...groups]}
      />
      <NativeSelect
        size="xs"
        label="Each character"
        value={`${state.temperature}`}
        disabled={disabled}
        onChange={({ currentTarget }) => setThinking({ temperature: Number(currentTarget.value) })}
        data={CHOICES}
      />
      {state.temperature > 0 && (
        <NumberInput
          size="xs"
          label="Seed"
          min={0}
          max={999_999}
          allowDecimal={false}
          allowNegative={false}
          disabled={disabled}
          value={state.seed}
          onChange={(value) => setThinking({ seed: typeof value === 'number' ? value : 1 })}
        />
      )}
      <NativeSelect
        size="xs"
        label="Pace"
        value={state.slow ? 'slow' : 'full'}
        onChange={({ currentTarget }) => setThinking({ slow: currentTarget.value === 'slow' })}
        data={[
          { value: 'slow', label: 'readable' },
          { value: 'full', label: 'full speed' },
        ]}
      />
    </div>
  );
}
