import { SegmentedControl } from '@mantine/core';
import { modeKinds } from '../../../core/modes/register.ts';
import { chooseMode } from '../../../state/modes/modes.ts';
import { useBusy, useModes } from '../../parts/use.ts';

/** What is done: lanes against each other, one lane in another way, or lanes on what is there now. */
export function ModeChoice() {
  const mode = useModes((state) => state.mode);
  const busy = useBusy();
  return (
    <SegmentedControl
      aria-label="What to measure"
      value={mode}
      onChange={chooseMode}
      data={modeKinds().map(({ kind, title }) => ({ value: kind, label: title }))}
      disabled={busy}
    />
  );
}
