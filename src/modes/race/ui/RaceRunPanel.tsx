import { NativeSelect } from '@mantine/core';
import { count } from '../../../core/format.ts';
import { type ChosenStop, stopFrom, stopText } from '../../../core/race/stop.ts';
import { setStop } from '../../../state/bench/choices.ts';
import { inputReady, isSweep } from '../../../state/bench/inputs.ts';
import { selectedModel } from '../../../state/bench/selectors.ts';
import { isGoing } from '../../../state/race/race.ts';
import { startRace, stopRace } from '../../../state/race/run.ts';
import { RunOrStop } from '../../../ui/parts/RunOrStop.tsx';
import styles from '../../../ui/parts/RunPanel.module.css';
import { useBench, useDevice, useRace } from '../../../ui/parts/use.ts';

const LIMITS = [
  { value: 'enough-30', label: 'until precise, at most 30 s' },
  { value: 'seconds-4', label: 'for 4 seconds' },
  { value: 'seconds-8', label: 'for 8 seconds' },
  { value: 'seconds-20', label: 'for 20 seconds' },
  { value: 'seconds-60', label: 'for a minute' },
  { value: 'rounds-30', label: 'for 30 rounds' },
  { value: 'rounds-200', label: 'for 200 rounds' },
] as const;

/** The usual limits, and any other that an address or a piece of advice has set. */
function limitsWith(stop: ChosenStop) {
  const value = stopText(stop);
  if (LIMITS.some((limit) => limit.value === value)) return LIMITS;
  const label =
    stop.kind === 'rounds'
      ? `for ${count(stop.rounds)} rounds`
      : stop.kind === 'enough'
        ? `until precise, at most ${count(stop.seconds)} s`
        : `for ${count(stop.seconds)} seconds`;
  return [...LIMITS, { value, label }];
}

/** The one next action; on a phone it stays within reach of the thumb. */
export function RaceRunPanel() {
  const model = useBench(selectedModel);
  const stop = useBench((state) => state.stop);
  const known = useDevice((state) => state.facts !== null);
  const ready = useBench(inputReady);
  const sweep = useBench(isSweep);
  const status = useRace((state) => state.status);
  const running = isGoing(status);
  return (
    <div className={styles['panel']}>
      <RunOrStop
        running={running}
        ready={model !== null && known && ready}
        onRun={startRace}
        onStop={stopRace}
        what="A race"
      >
        Run the race
      </RunOrStop>
      {!sweep && (
        <NativeSelect
          size="xs"
          variant="unstyled"
          aria-label="How long"
          rightSectionWidth={16}
          className={styles['limit']}
          value={stopText(stop)}
          disabled={running}
          onChange={(event) => {
            const chosen = stopFrom(event.currentTarget.value);
            if (chosen) setStop(chosen);
          }}
          data={limitsWith(stop)}
        />
      )}
    </div>
  );
}
