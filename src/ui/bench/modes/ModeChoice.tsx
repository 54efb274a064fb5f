import { SegmentedControl } from '@mantine/core';
import { chooseMode, type Mode } from '../../../state/modes.ts';
import { useBusy, useModes } from '../../use.ts';

const OPTIONS: { value: Mode; label: string }[] = [
  { value: 'race', label: 'Race' },
  { value: 'sustained', label: 'Sustained' },
  { value: 'load', label: 'Load' },
  { value: 'batches', label: 'Batch' },
];

/** What is measured: lanes against each other, or one lane in another way. */
export function ModeChoice() {
  const mode = useModes((state) => state.mode);
  const busy = useBusy();
  return (
    <SegmentedControl
      aria-label="What to measure"
      value={mode}
      onChange={(value) => chooseMode(value as Mode)}
      data={OPTIONS}
      disabled={busy}
    />
  );
}
