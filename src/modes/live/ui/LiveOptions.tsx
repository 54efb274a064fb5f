import { NativeSelect } from '@mantine/core';
import type { Model } from '../../../core/models/model.ts';
import { laneTitle } from '../../../core/race/lane.ts';
import { bench } from '../../../state/bench/bench.ts';
import { selectedModel } from '../../../state/bench/selectors.ts';
import { device } from '../../../state/device/device.ts';
import { liveFrom } from '../../../state/live/kinds.ts';
import { modeLanes } from '../../../state/modes/modes.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import styles from '../../../ui/parts/Options.module.css';
import { useBench, useBusy, useDevice } from '../../../ui/parts/use.ts';
import { useLiveViews } from '../../../ui/tasks/live.ts';
import { liveLanes, setLiveOption } from '../state/live.ts';
import { useLive } from './useLive.ts';

const FRAME = 'frame';

const DEADLINES = [
  { value: FRAME, label: 'the next frame' },
  { value: '16', label: '16 ms: 60 frames a second' },
  { value: '33', label: '33 ms: 30 frames a second' },
  { value: '100', label: '100 ms: feels instant' },
] as const;

function Deadline({ disabled }: { readonly disabled: boolean }) {
  const deadlineMs = useLive((state) => state.deadlineMs);
  return (
    <NativeSelect
      size="xs"
      label="Answer deadline"
      value={deadlineMs === null ? FRAME : `${deadlineMs}`}
      disabled={disabled}
      onChange={({ currentTarget: { value } }) =>
        setLiveOption({ deadlineMs: value === FRAME ? null : Number(value) })
      }
      data={DEADLINES}
    />
  );
}

/** What a session looks through or listens to, and the one or two lanes that answer. */
export function LiveOptions() {
  const model = useBench(selectedModel);
  return model && <Options model={model} />;
}

function Options({ model }: { readonly model: Model }) {
  useBench((state) => state.models);
  useDevice((state) => state.facts);
  const state = useLive((all) => all);
  const busy = useBusy();
  const kind = useLiveViews(model);
  if (typeof kind === 'string') {
    return (
      <Card title="Live">
        <p className={styles['hint']}>{kind}</p>
      </Card>
    );
  }
  const sources = kind.sources(model);
  const chosen = JSON.stringify(liveFrom(kind, model, state.from));
  const deadline = kind.deadline?.(model);
  const lanes = modeLanes(bench.getState(), device.getState());
  const [first, second] = liveLanes(lanes, state);
  const options = lanes.map((lane) => ({ value: lane.id, label: laneTitle(lane) }));
  return (
    <Card title="Live: one lane, or two on the same frames">
      <div className={styles['options']}>
        <NativeSelect
          size="xs"
          label="From"
          value={chosen}
          disabled={busy}
          onChange={({ currentTarget: { value } }) => {
            const picked = sources.find(({ from }) => JSON.stringify(from) === value);
            if (picked) setLiveOption({ from: picked.from });
          }}
          data={sources.map(({ from, title }) => ({ value: JSON.stringify(from), label: title }))}
        />
        <NativeSelect
          size="xs"
          label="Lane"
          value={first?.id ?? ''}
          disabled={busy}
          onChange={({ currentTarget }) => setLiveOption({ first: currentTarget.value })}
          data={options}
        />
        <NativeSelect
          size="xs"
          label="Second lane"
          value={second?.id ?? ''}
          disabled={busy}
          onChange={({ currentTarget }) => setLiveOption({ second: currentTarget.value })}
          data={[
            { value: '', label: 'no second lane' },
            ...options.filter(({ value }) => value !== first?.id),
          ]}
        />
        {deadline !== undefined ? (
          <p className={styles['hint']}>
            Deadline for each answer: {deadline} ms, the length of a frame.
          </p>
        ) : (
          <Deadline disabled={busy} />
        )}
      </div>
    </Card>
  );
}
