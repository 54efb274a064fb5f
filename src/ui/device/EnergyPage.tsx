import hidden from '../parts/Page.module.css';
import { useDevice } from '../parts/use.ts';
import styles from './Energy.module.css';
import { EnergyFit } from './EnergyFit.tsx';
import { EnergyHeadline } from './EnergyHeadline.tsx';
import { EnergyMeter } from './EnergyMeter.tsx';
import { EnergySettings } from './EnergySettings.tsx';
import { EnergySteps } from './EnergySteps.tsx';
import { SavedCalibrations } from './SavedCalibrations.tsx';

/** How well energy is known here, and a way to know it better. */
export default function EnergyPage() {
  // What is in use stands first; before there is any, the way to it does.
  const calibrated = useDevice(({ calibration }) => calibration !== null);
  return (
    <main className={styles['page']}>
      <h1 className={hidden['hidden']}>Energy</h1>
      <EnergyHeadline />
      {calibrated && <SavedCalibrations />}
      <EnergyMeter />
      <EnergySteps />
      <EnergyFit />
      {!calibrated && <SavedCalibrations />}
      <EnergySettings />
    </main>
  );
}
