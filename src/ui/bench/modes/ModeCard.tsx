import { NativeSelect } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { unreachable } from '../../../core/errors.ts';
import { laneTitle } from '../../../core/race/lane.ts';
import type { LoadLength } from '../../../modes/load/core/plans.ts';
import { SustainedOptions } from '../../../modes/sustained/ui/SustainedOptions.tsx';
import { bench } from '../../../state/bench/bench.ts';
import { selectedModel } from '../../../state/bench/selectors.ts';
import { device } from '../../../state/device/device.ts';
import {
  type Kind,
  type Mode,
  modeFault,
  modeLane,
  modeLanes,
  setModeOption,
} from '../../../state/modes/modes.ts';
import { Card } from '../../parts/Card.tsx';
import styles from '../../parts/Options.module.css';
import { useBench, useBusy, useDevice, useModes } from '../../parts/use.ts';

const TITLES: Readonly<Record<Kind, string>> = {
  sustained: 'One lane, without a pause',
  load: 'One lane, under load',
  batches: 'One lane, several inputs at once',
};

const LOADS: readonly { readonly value: LoadLength; readonly label: string }[] = [
  { value: 'short', label: '6 loads, 2 seconds each' },
  { value: 'usual', label: '12 loads, 5 seconds each' },
  { value: 'long', label: '12 loads, 15 seconds each' },
];

const BATCHES = [
  { value: '6', label: 'for 6 seconds' },
  { value: '20', label: 'for 20 seconds' },
  { value: '60', label: 'for a minute' },
] as const;

function Options({ kind, busy }: { kind: Kind; busy: boolean }) {
  const length = useModes((state) => state.loadLength);
  const seconds = useModes((state) => state.batchSeconds);
  switch (kind) {
    case 'sustained':
      return <SustainedOptions disabled={busy} />;
    case 'load':
      return (
        <NativeSelect
          size="xs"
          label="How long"
          value={length}
          disabled={busy}
          onChange={({ currentTarget }) =>
            setModeOption({ loadLength: currentTarget.value as LoadLength })
          }
          data={LOADS}
        />
      );
    case 'batches':
      return (
        <NativeSelect
          size="xs"
          label="Sizes 1 to 64, in turn"
          value={`${seconds}`}
          disabled={busy}
          onChange={({ currentTarget }) =>
            setModeOption({ batchSeconds: Number(currentTarget.value) })
          }
          data={BATCHES}
        />
      );
    default:
      return unreachable(kind);
  }
}

/** Comes with the choice of it. */
const LiveCard = lazy(() => import('../../../modes/live/ui/LiveCard.tsx'));

/** What is run, and the few things that can be set. */
export default function ModeCard({ kind }: { kind: Exclude<Mode, 'race'> }) {
  if (kind !== 'live') return <OneLaneCard kind={kind} />;
  return (
    <Suspense fallback={null}>
      <LiveCard />
    </Suspense>
  );
}

/** Which lane is put through it. */
function OneLaneCard({ kind }: { kind: Kind }) {
  useBench((state) => state.modelId);
  useBench((state) => state.models);
  useDevice((state) => state.facts);
  const model = useBench(selectedModel);
  const state = useModes((all) => all);
  const busy = useBusy();
  const lanes = modeLanes(bench.getState(), device.getState());
  const fault = model && modeFault(state, model);
  return (
    <Card title={TITLES[kind]}>
      <div className={styles['options']}>
        <NativeSelect
          size="xs"
          label="Lane"
          value={modeLane(lanes, state.laneId)?.id ?? ''}
          disabled={busy}
          onChange={({ currentTarget }) => setModeOption({ laneId: currentTarget.value })}
          data={lanes.map((lane) => ({ value: lane.id, label: laneTitle(lane) }))}
        />
        <Options kind={kind} busy={busy} />
        {fault && (
          <p className={styles['fault']} role="alert">
            {fault}
          </p>
        )}
      </div>
    </Card>
  );
}
