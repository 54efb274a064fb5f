import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useBench, useTakenBy } from './use.ts';

interface RunOrStopProps {
  readonly running: boolean;
  /** Whether there is all that is needed to begin. */
  readonly ready: boolean;
  readonly onRun: () => Promise<void>;
  readonly onStop: () => void;
  /** What has to wait while something else measures: "A race". */
  readonly what: string;
  readonly children: ReactNode;
}

/** The one button that begins and ends a measurement; only one runs at a time on the whole page. */
export function RunOrStop({ running, ready, onRun, onStop, what, children }: RunOrStopProps) {
  const taken = useTakenBy();
  // What would be measured is another thing once the user's files are in.
  const reading = useBench((state) => state.reading[0]);
  const before = taken ?? (reading === undefined ? null : `${reading} is being read.`);
  return (
    <>
      {running ? (
        <Button fullWidth size="md" color="gray" variant="default" onClick={onStop}>
          Stop
        </Button>
      ) : (
        <Button
          fullWidth
          size="md"
          disabled={!ready || before !== null}
          onClick={() => void onRun()}
        >
          {children}
        </Button>
      )}
      {before && !running && (
        <p role="status">
          {before} {what} has to wait.
        </p>
      )}
    </>
  );
}
