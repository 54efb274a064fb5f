import { Link } from 'wouter';
import hidden from '../parts/Page.module.css';
import styles from './Energy.module.css';
import { EnergyFit } from './EnergyFit.tsx';
import { EnergyHeadline } from './EnergyHeadline.tsx';
import { EnergyKept } from './EnergyKept.tsx';
import { EnergyMeter } from './EnergyMeter.tsx';
import { EnergySettings } from './EnergySettings.tsx';
import { EnergySteps } from './EnergySteps.tsx';

/** How well energy is known here, and a way to know it better. */
export default function EnergyPage() {
  return (
    <main className={styles['page']}>
      <h1 className={hidden['hidden']}>Energy</h1>
      <EnergyHeadline />
      <EnergyMeter />
      <EnergySteps />
      <EnergyFit />
      <EnergyKept />
      <EnergySettings />
      <p className={styles['note']}>
        <Link href="/">Back to the bench</Link>
      </p>
    </main>
  );
}
