import type { LaneFigures } from '../../core/figures/figures.ts';
import { bytes, duration, figure, ratio, roughly } from '../../core/format.ts';
import { type ComparedLane, DRIFT, type RelativeChange } from '../../core/modes/compared.ts';
import { laneTitle } from '../../core/race/lane.ts';
import { Card } from '../parts/Card.tsx';
import styles from '../parts/FoldingTable.module.css';
import { FoldingTable, type Heading } from '../parts/FoldingTable.tsx';
import { LaneMark } from '../parts/LaneMark.tsx';

function Times({ figures }: { readonly figures: LaneFigures | null }) {
  if (!figures) return <>not raced</>;
  const { steady, early, speedup, lane, correctness, state } = figures;
  if (!steady) {
    if (state.name === 'died') return <>dropped out</>;
    if (!early || early.median === null) return <>never steady</>;
    return (
      <>
        <span className={styles['big']}>{duration(early.median)}</span>
        <span className={styles['sub']}>
          provisional, {figure(early.range.low)} to {figure(early.range.high)} ms
        </span>
        {early.speedup && (
          <span className={styles['sub']}>about {roughly(early.speedup.ratio)}× its reference</span>
        )}
      </>
    );
  }
  const interval = steady.intervals?.median;
  return (
    <>
      <span className={styles['big']}>{duration(steady.median)}</span>
      {interval && (
        <span className={styles['sub']}>
          {figure(interval.low)} to {figure(interval.high)} ms
        </span>
      )}
      <span className={styles['sub']}>
        {lane.reference ? 'reference' : speedup && `${ratio(speedup.ratio)} its reference`}
      </span>
      {correctness.state === 'wrong' && <span className={styles['bad']}>wrong</span>}
    </>
  );
}

const SAYS: Readonly<Record<RelativeChange['says'], string>> = {
  same: 'no significant difference',
  more: 'larger speed-up in B',
  less: 'smaller speed-up in B',
  unclear: 'too few rounds',
};

function Change({ lane, relative, times }: ComparedLane) {
  if (times === null) return <>–</>;
  return (
    <>
      {relative && (
        <>
          {SAYS[relative.says]}
          {relative.interval && (
            <span className={styles['sub']}>
              {ratio(relative.ratio)}, {figure(relative.interval.low)} to{' '}
              {figure(relative.interval.high)}
            </span>
          )}
        </>
      )}
      <span className={lane.reference ? undefined : styles['sub']}>
        {ratio(times)} the time
        {times <= DRIFT && times >= 1 / DRIFT ? ', which drift alone may explain' : ''}
      </span>
    </>
  );
}

const HEADINGS: readonly Heading[] = [
  { key: 'lane', title: 'Lane' },
  {
    key: 'a',
    title: 'A',
    explains:
      'Median of the steady samples with its 95% interval, and how many times as fast as the reference of the same report.',
  },
  { key: 'b', title: 'B' },
  {
    key: 'change',
    title: 'B against A',
    explains:
      'The ratio to each report’s own reference, B’s divided by A’s: the interval divides the ends of both, so it is at least as wide as a 95% interval. Below: B’s time divided by A’s, which is not paired, so it includes the effect of a hot or shared machine.',
  },
];

/** Every lane of either report, what A and B measured, and what of it can be compared. */
export function ComparedLanes({ lanes }: { readonly lanes: readonly ComparedLane[] }) {
  return (
    <Card>
      <FoldingTable caption="Lanes of both reports" headings={HEADINGS}>
        {lanes.map((compared) => {
          const { lane, a, b, sameFile, relative } = compared;
          return (
            <tr key={lane.id} data-compared-lane={lane.id} data-says={relative?.says}>
              <th scope="row">
                <span className={styles['name']}>
                  <LaneMark lane={lane} />
                  {laneTitle(lane)}
                </span>
                {sameFile === false && a && b && (
                  <span className={styles['sub']}>
                    another file: {bytes(a.lane.variant.bytes)} and {bytes(b.lane.variant.bytes)}
                  </span>
                )}
              </th>
              <td data-title="A">
                <Times figures={a} />
              </td>
              <td data-title="B">
                <Times figures={b} />
              </td>
              <td data-title="B against A">
                <Change {...compared} />
              </td>
            </tr>
          );
        })}
      </FoldingTable>
    </Card>
  );
}
