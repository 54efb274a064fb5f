import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { exactBackendTitle } from '../../core/backends/backends.ts';
import { figure, percent } from '../../core/format.ts';
import type { CostedNode, NodeArithmetic } from '../../core/inspect/profile/executed.ts';
import type { Ceilings } from '../../core/inspect/roofline/ceilings.ts';
import {
  attainable,
  type RoofPoints,
  ridge,
  roofOf,
  roofPoints,
} from '../../core/inspect/roofline/roofline.ts';
import { chooseNode } from '../../state/inspect/inspecting.ts';
import type { Profiled } from '../../state/inspect/profile.ts';
import { startCeilings, stopProfile } from '../../state/inspect/profiling.ts';
import type { NamedRoof } from '../charts/RooflineChart.tsx';
import { Fault } from '../parts/Fault.tsx';
import { momentOf } from '../parts/moment.ts';
import { useProfiles, useTaken } from '../parts/use.ts';
import styles from './ProfileCard.module.css';

/** recharts comes with the first chart. */
const RooflineChart = lazy(() => import('../charts/RooflineChart.tsx'));

const ARITHMETICS: readonly NodeArithmetic[] = ['fp32', 'fp16', 'int8'];

function roofsOf(ceilings: Ceilings | null): NamedRoof[] {
  if (!ceilings) return [];
  return ARITHMETICS.flatMap((arithmetic) => {
    const roof = roofOf(ceilings, arithmetic);
    return roof ? [{ arithmetic, ...roof }] : [];
  });
}

/** What the chart says, in words. */
function sentence({ whole }: RoofPoints, roofs: readonly NamedRoof[]): string {
  const roof = roofs.find(({ arithmetic }) => arithmetic === whole?.arithmetic);
  if (!whole) return 'No node ran long enough to be plotted.';
  const does = `The whole model performs ${figure(whole.rate)} billion operations per second, ${figure(whole.perByte)} per byte moved`;
  if (!roof) return `${does}.`;
  const most = attainable(roof, whole.perByte);
  const limit = whole.perByte >= ridge(roof) ? 'arithmetic' : 'memory';
  return `${does}: ${percent(Math.min(1, whole.rate / most))} of the ${figure(most)} that this device’s ${limit} allows.`;
}

const spread = ({ low, high, samples }: Ceilings['bandwidth']) =>
  `${figure(low)}–${figure(high)} in ${samples} samples`;

function ceilingsText({ compute, bandwidth, measuredAt }: Ceilings): string {
  const parts = ARITHMETICS.flatMap((arithmetic) => {
    const ceiling = compute[arithmetic];
    return ceiling
      ? [`${arithmetic} ${figure(ceiling.value)} ${ceiling.unit} (${spread(ceiling)})`]
      : [];
  });
  return `Measured ${momentOf(measuredAt)} with matrix products and copies in the same runtime: ${parts.join(', ')}, memory ${figure(bandwidth.value)} GB/s (${spread(bandwidth)}). A node whose data is in cache can move bytes faster than memory does, and lie above the slope.`;
}

interface RooflineProps {
  readonly costed: readonly CostedNode[];
  readonly profiled: Profiled;
  readonly ceilings: Ceilings | null;
}

/** The profile's nodes under what this device can do. */
export function Roofline({ costed, profiled, ceilings }: RooflineProps) {
  const measuring = useProfiles((state) => state.measuring);
  const taken = useTaken();
  const points = roofPoints(costed, profiled.plainMs);
  const roofs = roofsOf(ceilings);
  const running = measuring.state === 'running';
  return (
    <section className={styles['roofline']} aria-label="Roofline">
      <h3 className={styles['heading']}>Roofline: billion operations per second (logarithmic)</h3>
      <p className={styles['note']} data-roofline={ceilings ? 'measured' : 'unmeasured'}>
        {sentence(points, roofs)}
        {points.tooShort > 0 && ` ${points.tooShort} nodes ran too briefly to be plotted.`}
      </p>
      <Suspense fallback={null}>
        <RooflineChart
          points={points.nodes}
          whole={points.whole}
          roofs={roofs}
          onChoose={(node) => node !== null && chooseNode(node)}
        />
      </Suspense>
      {ceilings && <p className={styles['note']}>{ceilingsText(ceilings)}</p>}
      {measuring.state === 'failed' && <Fault error={measuring.error} />}
      <div className={styles['controls']}>
        <Button
          variant="default"
          size="xs"
          disabled={!running && taken}
          onClick={() => (running ? stopProfile() : void startCeilings())}
        >
          {running
            ? 'Stop measuring'
            : ceilings
              ? 'Measure the ceilings again'
              : 'Measure this device’s ceilings'}
        </Button>
        {running ? (
          <p role="status">{measuring.doing}…</p>
        ) : (
          <p className={styles['note']}>
            Takes a few seconds on {exactBackendTitle(profiled.backend)}; the result is stored in
            this browser.
          </p>
        )}
      </div>
    </section>
  );
}
