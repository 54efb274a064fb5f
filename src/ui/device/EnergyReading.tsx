import { Button, Progress, TextInput } from '@mantine/core';
import type { Typed } from '../../core/energy/watts.ts';
import { figure } from '../../core/format.ts';
import { stopCalibrating } from '../../state/energy/energyCalibrating.ts';
import type { Ran } from '../../state/energy/energyWizard.ts';
import { Fault } from '../parts/Fault.tsx';
import { useTaken } from '../parts/use.ts';
import { useWizard } from '../parts/useEnergy.ts';
import styles from './Energy.module.css';
import { whyWrong } from './whyWrong.ts';

interface EnergyReadingProps {
  readonly id: string;
  /** "Idle", or what runs. */
  readonly title: string;
  readonly says: string;
  /** What its button says before and after the first time. */
  readonly start: string;
  readonly ran: Ran | null;
  readonly text: string;
  readonly typed: Typed;
  readonly blocked: boolean;
  readonly onRun: () => void;
  readonly onType: (text: string) => void;
}

function Running({ id }: { readonly id: string }) {
  const run = useWizard((state) => state.run);
  const seconds = useWizard((state) => state.seconds);
  if (run.state === 'none' || run.id !== id) return null;
  if (run.state === 'failed') return <Fault error={run.error} />;
  const left = run.state === 'running' ? run.secondsLeft : seconds;
  const says =
    run.state === 'starting'
      ? 'Getting ready…'
      : left > seconds / 2
        ? `${left} s left: let the meter settle.`
        : `${left} s left: read the watts now.`;
  return (
    <div className={styles['running']}>
      <p role="status" className={styles['countdown']} data-now={left <= seconds / 2}>
        {says}
      </p>
      <Progress value={100 * (1 - left / seconds)} aria-label="Time of this step" size="sm" />
    </div>
  );
}

/** One stretch under the meter: run it, then type what the meter showed. */
export function EnergyReading(props: EnergyReadingProps) {
  const { id, title, says, start, ran, text, typed, blocked, onRun, onType } = props;
  const taken = useTaken();
  const running = useWizard(
    ({ run }) => (run.state === 'starting' || run.state === 'running') && run.id === id,
  );
  const done = ran !== null && ran.spoiled === null;
  return (
    <div className={styles['reading']} data-reading={id} data-done={done && typed.state === 'good'}>
      <div className={styles['what']}>
        <span className={styles['name']}>
          <span aria-hidden="true" className={styles['mark']}>
            {done && typed.state === 'good' ? '✓' : '·'}
          </span>
          {title}
        </span>
        <span className={styles['note']}>{says}</span>
      </div>
      {running ? (
        <Button variant="default" size="xs" onClick={stopCalibrating}>
          Stop
        </Button>
      ) : (
        <Button
          variant={ran ? 'default' : 'light'}
          size="xs"
          disabled={taken || blocked}
          onClick={onRun}
        >
          {ran ? 'Run again' : start}
        </Button>
      )}
      {ran?.slope ? (
        <span className={styles['slope']}>{figure(ran.slope.watts)} W from the battery</span>
      ) : (
        <TextInput
          size="xs"
          aria-label={`Watts read: ${title}`}
          placeholder="watts"
          inputMode="decimal"
          rightSection="W"
          value={text}
          disabled={blocked}
          onChange={(event) => onType(event.currentTarget.value)}
          error={typed.state === 'wrong'}
        />
      )}
      {whyWrong(typed) && (
        <p role="alert" className={styles['wrong']}>
          {whyWrong(typed)}
        </p>
      )}
      {ran?.spoiled && (
        <p role="alert" className={styles['wrong']}>
          {ran.spoiled}
        </p>
      )}
      <Running id={id} />
    </div>
  );
}
