import { SegmentedControl } from '@mantine/core';
import { chooseMode, type Mode } from '../../../state/modes/modes.ts';
import { useBusy, useModes } from '../../parts/use.ts';

const OPTIONS: { value: Mode; label: string }[] = [
  { value: 'race', label: 'Race' },
  { value: 'sustained', label: 'Sustained' },
  { value: 'load', label: 'Load' },
  { value: 'batches', label: 'Batch' },
  { value: 'live', label: 'Live' },
];

/** What is done: lanes against each other, one lane in another way, or lanes on what is there now. */
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
