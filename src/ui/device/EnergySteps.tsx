import { exactBackendTitle } from '../../core/backends/backends.ts';
import { figure, percent } from '../../core/format.ts';
import { runLoad, typeLoad, typeReading, watchIdle } from '../../state/energy/energyCalibrating.ts';
import { batteryTyped, busyTyped, idleTyped } from '../../state/energy/energyDraft.ts';
import type { Ran } from '../../state/energy/energyWizard.ts';
import { Card } from '../parts/Card.tsx';
import { useTakenBy } from '../parts/use.ts';
import { useLoads, useWizard } from '../parts/useEnergy.ts';
import styles from './Energy.module.css';
import { EnergyReading } from './EnergyReading.tsx';

function whatRan(ran: Ran | null): string {
  if (!ran || ran.spoiled) return '';
  const share = percent(Math.min(1, ran.busySeconds / ran.wallSeconds));
  return ` Ran ${figure(ran.inferences / ran.wallSeconds)} inferences per s, busy ${share} of the time.`;
}

/** The idle device, then one load after the other, each with what the meter showed. */
export function EnergySteps() {
  const state = useWizard((wizard) => wizard);
  const loads = useLoads();
  const taken = useTakenBy();
  const { typed, idle, ran, meter } = state;
  const battery = meter === 'battery';
  const noBattery = battery && batteryTyped(state).state !== 'good';
  const noIdle = idleTyped(state).state !== 'good';
  return (
    <>
      <Card title="2. The idle device">
        <EnergyReading
          id="idle"
          title="Idle"
          says="Screen on, this page in front, nothing else running."
          start="Start the countdown"
          ran={idle}
          text={typed.idle}
          typed={idleTyped(state)}
          blocked={noBattery}
          onRun={() => void watchIdle()}
          onType={(text) => typeReading({ idle: text })}
        />
        {noBattery && <p className={styles['note']}>Enter the battery capacity first.</p>}
        {taken && state.run.state === 'none' && (
          <p role="status" className={styles['note']}>
            {taken} Calibrating has to wait.
          </p>
        )}
      </Card>
      <Card
        title={battery ? '3. Two or more loads' : '3. Four or more different loads'}
        aside={
          <span className={styles['note']}>
            {noIdle ? 'Read the idle watts first.' : 'More loads give a better fit.'}
          </span>
        }
      >
        {loads.map((load) => (
          <EnergyReading
            key={load.id}
            id={load.id}
            title={`${load.title}, ${exactBackendTitle(load.lane.backend)}`}
            says={`Exercises ${load.keeps}.${whatRan(ran[load.id] ?? null)}`}
            start="Run"
            ran={ran[load.id] ?? null}
            text={typed.loads[load.id] ?? ''}
            typed={busyTyped(state, load.id)}
            blocked={noIdle}
            onRun={() => void runLoad(load)}
            onType={(text) => typeLoad(load.id, text)}
          />
        ))}
      </Card>
    </>
  );
}
