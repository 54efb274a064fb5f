import { Checkbox, NativeSelect, NumberInput, Textarea } from '@mantine/core';
import type { Dial, Technique } from '../../core/compress/technique.ts';
import { resetOptions, setOption } from '../../state/compress/composing.ts';
import { TextButton } from '../parts/TextButton.tsx';
import styles from './TechniqueCard.module.css';

interface OneDialProps {
  readonly dial: Dial;
  readonly value: unknown;
  readonly disabled: boolean;
  readonly onChange: (value: unknown) => void;
}

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** One option, with the sentence that says what it does and when it helps. */
function OneDial({ dial, value, disabled, onChange }: OneDialProps) {
  const shared = { label: dial.title, description: dial.sentence, disabled, size: 'xs' } as const;
  switch (dial.kind) {
    case 'switch':
      return (
        <Checkbox
          {...shared}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...shared}
          value={String(value)}
          onChange={({ currentTarget }) =>
            onChange(
              dial.choices.find((choice) => String(choice.value) === currentTarget.value)?.value,
            )
          }
          data={dial.choices.map((choice) => ({
            value: String(choice.value),
            label: choice.title,
          }))}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          min={dial.min}
          max={dial.max}
          step={dial.step}
          suffix={dial.unit ? ` ${dial.unit}` : ''}
          clampBehavior="strict"
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => typeof next === 'number' && onChange(next)}
        />
      );
    case 'nodes':
      return (
        <Textarea
          {...shared}
          rows={3}
          spellCheck={false}
          // Typed freely; read line by line when it is left.
          key={JSON.stringify(value)}
          defaultValue={Array.isArray(value) ? value.join('\n') : ''}
          onBlur={({ currentTarget }) => onChange(lines(currentTarget.value))}
        />
      );
  }
}

interface DialsProps {
  readonly technique: Technique<string, object>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly disabled: boolean;
}

/** Every option of a technique. */
export function Dials({ technique, options, disabled }: DialsProps) {
  const dials = Object.entries(technique.dials as Readonly<Record<string, Dial>>);
  return (
    <div className={styles['dials']}>
      {dials.map(([name, dial]) => (
        <OneDial
          key={name}
          dial={dial}
          value={options[name]}
          disabled={disabled}
          onChange={(value) => setOption(technique.id, name, value)}
        />
      ))}
      <div>
        <TextButton disabled={disabled} onClick={() => resetOptions(technique.id)}>
          Reset to defaults
        </TextButton>
      </div>
    </div>
  );
}
