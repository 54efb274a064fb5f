import { Button, FileButton } from '@mantine/core';
import type { Calibration } from '../../core/energy/calibration.ts';
import { fitsOf } from '../../core/energy/fit.ts';
import { count, figure } from '../../core/format.ts';
import {
  chooseCalibration,
  discardCalibration,
  dismissEnergyRefusal,
  exportCalibrations,
  importCalibrations,
  restoreDiscarded,
  thisDevice,
} from '../../state/energy/calibrations.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import { dayOf } from '../parts/moment.ts';
import { TextButton } from '../parts/TextButton.tsx';
import { useDevice } from '../parts/use.ts';
import { useEnergy } from '../parts/useEnergy.ts';
import styles from './Energy.module.css';
import { FitPart } from './EnergyFit.tsx';
import { meterOf } from './meters.ts';

function Kept({
  calibration,
  used,
}: {
  readonly calibration: Calibration;
  readonly used: boolean;
}) {
  const { id, meter, madeAt, rows, short, device } = calibration;
  const foreign = device !== thisDevice();
  const fits = fitsOf(calibration);
  return (
    <li className={styles['kept']} data-calibration={used ? 'used' : 'kept'}>
      <div className={styles['what']}>
        <span className={styles['name']}>
          {dayOf(madeAt)}, {meterOf(meter).name}
          {used && <span className={styles['chip']}>in use</span>}
        </span>
        <span className={styles['note']}>
          {count(rows.length)} {rows.length === 1 ? 'load' : 'loads'}, idle{' '}
          {figure(rows[0]?.wattsIdle ?? Number.NaN)} W{short && ', short steps: trust it less'}
          {foreign && `. Made on another device: ${device}`}
        </span>
      </div>
      <div className={styles['actions']}>
        {used ? (
          <TextButton disabled={false} onClick={() => chooseCalibration(null)}>
            Do not use
          </TextButton>
        ) : (
          <TextButton disabled={false} onClick={() => chooseCalibration(id)}>
            {foreign ? 'Use it here anyway' : 'Use'}
          </TextButton>
        )}
        <TextButton disabled={false} onClick={() => discardCalibration(id)}>
          Discard
        </TextButton>
      </div>
      {used && (
        <details className={styles['details']}>
          <summary>The fit</summary>
          {[...fits.values()].map((fit) => (
            <FitPart key={fit.key} fit={fit} short={short} />
          ))}
        </details>
      )}
    </li>
  );
}

/** All calibrations of this browser: which is used, and a way out and in for each. */
export function SavedCalibrations() {
  const { kept, discarded, refusal } = useEnergy((state) => state);
  const inUse = useDevice((state) => state.calibration);
  return (
    <Card title="Saved calibrations">
      {kept.length === 0 && <p className={styles['note']}>None in this browser yet.</p>}
      <ul className={styles['list']}>
        {kept.map((calibration) => (
          <Kept
            key={calibration.id}
            calibration={calibration}
            used={calibration.id === inUse?.id}
          />
        ))}
      </ul>
      {discarded && (
        <p role="status" className={styles['note']}>
          Discarded the calibration of {dayOf(discarded.calibration.madeAt)}.{' '}
          <TextButton disabled={false} onClick={restoreDiscarded}>
            Undo
          </TextButton>
        </p>
      )}
      {refusal && <Fault error={refusal} onDismiss={dismissEnergyRefusal} />}
      <div className={styles['buttons']}>
        <Button
          variant="default"
          size="xs"
          disabled={kept.length === 0}
          onClick={exportCalibrations}
        >
          Export as JSON
        </Button>
        <FileButton
          accept="application/json,.json"
          inputProps={{ 'aria-label': 'Calibration file' }}
          onChange={(file) => file && void importCalibrations(file)}
        >
          {(props) => (
            <Button {...props} variant="default" size="xs">
              Import
            </Button>
          )}
        </FileButton>
      </div>
    </Card>
  );
}
