import { Link } from 'wouter';
import { exactBackendTitle } from '../../core/backends/backends.ts';
import { fitsOf } from '../../core/energy/fit.ts';
import { POWER_PRIORS } from '../../core/energy/priors.ts';
import { amount, doubtText, plusMinus, tierSentence } from '../../core/energy/words.ts';
import { count, figure } from '../../core/format.ts';
import { deviceClass } from '../../state/bench/selectors.ts';
import { secondOfWork } from '../../state/energy/energyDraft.ts';
import { Card } from '../parts/Card.tsx';
import styles from '../parts/Headline.module.css';
import { dayOf } from '../parts/moment.ts';
import { useDevice } from '../parts/use.ts';
import { meterOf } from './meters.ts';

/** How well energy is known on this device: the answer that the rest of the page improves. */
export function EnergyHeadline() {
  const state = useDevice((device) => device);
  const { facts, calibration } = state;
  const kind = deviceClass(state);
  if (!facts) return null;
  const busy = secondOfWork(state);
  const where = exactBackendTitle({ kind: 'wasm', threads: facts.threads });
  const power = amount(busy.marginal, 'W');
  const fitted = calibration && fitsOf(calibration);
  const idle = calibration?.rows[0]?.wattsIdle;
  return (
    <Card>
      <p className={styles['say']} data-headline="energy">
        {calibration ? (
          <>
            Energy on this device is <em>calibrated</em>: {where} draws <em>{power}</em> above idle,{' '}
            {plusMinus(busy.marginal)}.
          </>
        ) : (
          <>
            Energy on this device is a <em>guess</em>, {doubtText(busy)}: no meter has been read
            yet.
          </>
        )}
      </p>
      {calibration && fitted ? (
        <p className={styles['evidence']}>
          From {count(calibration.rows.length)} {calibration.rows.length === 1 ? 'load' : 'loads'}{' '}
          read from {meterOf(calibration.meter).name} on {dayOf(calibration.madeAt)}
          {idle === undefined ? '' : `; idle ${figure(idle)} W`}
          {calibration.short ? '; the steps were short, so trust it less' : ''}.
          {!fitted.has('webgpu') && facts.gpu.state === 'hardware'
            ? ' WebGPU was not measured: its lanes still use the estimate for the device class.'
            : ''}{' '}
          Races use it from now on.
        </p>
      ) : (
        <p className={styles['evidence']}>
          {tierSentence(busy)} The class is “{POWER_PRIORS[kind].title.toLowerCase()}”, for which{' '}
          {where} is assumed to draw {power} above idle.{' '}
          <Link href="/device">Choose what this device is</Link>, or read a meter below: about five
          minutes for about ±20%.
        </p>
      )}
    </Card>
  );
}
