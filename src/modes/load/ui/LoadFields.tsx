import { NativeSelect } from '@mantine/core';
import { useStore } from 'zustand';
import type { LoadLength } from '../core/plans.ts';
import { options } from '../state/options.ts';

const LENGTHS: readonly { readonly value: LoadLength; readonly label: string }[] = [
  { value: 'short', label: '6 loads, 2 seconds each' },
  { value: 'usual', label: '12 loads, 5 seconds each' },
  { value: 'long', label: '12 loads, 15 seconds each' },
];

/** How many loads, and how long each. */
export function LoadFields({ disabled }: { readonly disabled: boolean }) {
  const { length } = useStore(options);
  return (
    <NativeSelect
      size="xs"
      label="How long"
      value={length}
      disabled={disabled}
      onChange={({ currentTarget }) =>
        options.setState({ length: currentTarget.value as LoadLength })
      }
      data={LENGTHS}
    />
  );
}
