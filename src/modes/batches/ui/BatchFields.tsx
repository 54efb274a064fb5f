import { NativeSelect } from '@mantine/core';
import { useStore } from 'zustand';
import { options } from '../state/options.ts';

const SECONDS = [
  { value: '6', label: 'for 6 seconds' },
  { value: '20', label: 'for 20 seconds' },
  { value: '60', label: 'for a minute' },
] as const;

/** How long sizes are timed. */
export function BatchFields({ disabled }: { readonly disabled: boolean }) {
  const { seconds } = useStore(options);
  return (
    <NativeSelect
      size="xs"
      label="Sizes 1 to 64, in turn"
      value={`${seconds}`}
      disabled={disabled}
      onChange={({ currentTarget }) => options.setState({ seconds: Number(currentTarget.value) })}
      data={SECONDS}
    />
  );
}
