import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Calibration } from '../../core/energy/calibration.ts';
import { fitsOf, type PowerFit } from '../../core/energy/fit.ts';
import { milliJoules, TIER_TITLES } from '../../core/energy/words.ts';
import { laneTitle } from '../../core/race/lane.ts';
import { saveDraft } from '../../state/energy/energyCalibrating.ts';
import { changesOf } from '../../state/energy/energyDraft.ts';
import { Card } from '../parts/Card.tsx';
import { LaneMark } from '../parts/LaneMark.tsx';
import { Term } from '../parts/Term.tsx';
import { useDevice, useRace } from '../parts/use.ts';
import { useDraft } from '../parts/useEnergy.ts';
import styles from './Energy.module.css';
import { fitSentence, termRows } from './fitWords.ts';

/** Comes with the first reading: before it there is nothing to draw. */
const EnergyFitChart = lazy(() => import('../charts/EnergyFitChart.tsx'));

/** One kind of backend: how well its loads fit, and what they cost. */
export function FitPart({ fit, short }: { readonly fit: PowerFit; readonly short: boolean }) {
  return (
    <section className={styles['part']} data-fit={fit.key}>
      <h3 className={styles['kind']}>{fit.title}</h3>
      <p className={styles['lead']}>{fitSentence(fit, short)}</p>
      <Suspense fallback={null}>
        <EnergyFitChart rows={fit.rows} />
      </Suspense>
      <dl className={styles['terms']}>
        {termRows(fit).map(({ term, title, value, explains }) => (
          <div key={term}>
            <dt>
              <Term explains={explains}>{title}</Term>
            </dt>
            <dd data-term={term}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What the last race's figures become; the tier's name and the interval, before and after. */
function Changes({ draft }: { readonly draft: Calibration }) {
  const record = useRace((state) => state.record);
  const state = useDevice((device) => device);
  const changes = changesOf(record, state, draft);
  if (changes.length === 0) {
    return (
      <p className={styles['note']}>
        Run a race on the bench to see its figures here, before and after.
      </p>
    );
  }
  return (
    <table className={styles['changes']}>
      <caption className={styles['caption']}>Energy per inference of the last race</caption>
      <thead>
        <tr>
          <th scope="col">Last race</th>
          <th scope="col">now</th>
          <th scope="col">with these readings</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ figures: { lane }, before, after }) => (
          <tr key={lane.id}>
            <th scope="row">
              <LaneMark lane={lane} /> {laneTitle(lane)}
            </th>
            <td>
              {milliJoules(before.marginal)}
              <span className={styles['tier']}>{TIER_TITLES[before.tier]}</span>
            </td>
            <td>
              <b>{milliJoules(after.marginal)}</b>
              <span className={styles['tier']}>{TIER_TITLES[after.tier]}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What was read so far comes to this; kept only when asked. */
export function EnergyFit() {
  const draft = useDraft();
  if (!draft) {
    return (
      <Card title="4. Result" method="energy">
        <p className={styles['note']}>
          Read the idle watts and one load to see the fit here: predicted against read, and what
          changes.
        </p>
      </Card>
    );
  }
  const fits = [...fitsOf(draft).values()];
  return (
    <Card title="4. Result" method="energy">
      {fits.map((fit) => (
        <FitPart key={fit.key} fit={fit} short={draft.short} />
      ))}
      <Changes draft={draft} />
      <Button className={styles['keep']} onClick={saveDraft}>
        Use these readings
      </Button>
    </Card>
  );
}
