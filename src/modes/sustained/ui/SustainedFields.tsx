import { NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { asTyped } from '../../../core/format.ts';
import styles from '../../../ui/parts/Options.module.css';
import { options } from '../state/options.ts';

const OTHER = 'other';

const LENGTHS = [
  { value: '60', label: 'a minute' },
  { value: '120', label: '2 minutes' },
  { value: '300', label: '5 minutes' },
  { value: '600', label: '10 minutes' },
  { value: OTHER, label: 'another length' },
] as const;

const DEADLINES = [
  { value: '16', label: '16 ms: 60 frames a second' },
  { value: '33', label: '33 ms: 30 frames a second' },
  { value: '100', label: '100 ms: feels instant' },
  { value: OTHER, label: 'another deadline' },
] as const;

interface ChoiceProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly disabled: boolean;
  readonly usual: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: number) => void;
}

/** One of a few usual numbers, or a typed one. */
function NumberChoice({ label, unit, value, disabled, usual, onChange }: ChoiceProps) {
  const listed = usual.some((option) => option.value === `${value}`);
  const [typing, setTyping] = useState(!listed);
  const typed = typing || !listed;
  return (
    <div className={typed ? styles['pair'] : ''}>
      <NativeSelect
        size="xs"
        label={label}
        disabled={disabled}
        value={typed ? OTHER : `${value}`}
        onChange={({ currentTarget }) => {
          setTyping(currentTarget.value === OTHER);
          if (currentTarget.value !== OTHER) onChange(Number(currentTarget.value));
        }}
        data={usual}
      />
      {typed && (
        <NumberInput
          aria-label={`${label}, ${unit}`}
          disabled={disabled}
          suffix={` ${unit}`}
          value={Number.isNaN(value) ? '' : asTyped(value)}
          onChange={(next) => onChange(next === '' ? Number.NaN : Number(next))}
        />
      )}
    </div>
  );
}

/** How long, and what must not take longer than what. */
export function SustainedFields({ disabled }: { disabled: boolean }) {
  const { seconds, deadlineMs } = useStore(options);
  return (
    <>
      <NumberChoice
        label="How long"
        unit="s"
        value={seconds}
        disabled={disabled}
        usual={LENGTHS}
        onChange={(value) => options.setState({ seconds: value })}
      />
      <NumberChoice
        label="Deadline"
        unit="ms"
        value={deadlineMs}
        disabled={disabled}
        usual={DEADLINES}
        onChange={(value) => options.setState({ deadlineMs: value })}
      />
    </>
  );
}
