import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { backendKey, exactBackendTitle } from '../../core/backends/backends.ts';
import type { Inspection } from '../../core/inspect/inspection.ts';
import { costedNodes } from '../../core/inspect/profile/executed.ts';
import { profileHeadline, profileNotes } from '../../core/inspect/profile/words.ts';
import { type Profiled, profileKey } from '../../state/inspect/profile.ts';
import {
  backendsOf,
  chooseBackend,
  chosenBackend,
  recallCeilings,
  saveTrace,
  startProfile,
  stopProfile,
} from '../../state/inspect/profiling.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import { useDevice, useInspection, useProfiles, useTaken } from '../parts/use.ts';
import styles from './ProfileCard.module.css';
import { ProfileOperators } from './ProfileOperators.tsx';
import { ProfileTable } from './ProfileTable.tsx';
import { ProfileTimeline } from './ProfileTimeline.tsx';
import { Roofline } from './Roofline.tsx';

/** The backend and the button that starts. */
function Controls() {
  const facts = useDevice((state) => state.facts);
  const chosen = useProfiles((state) => state.backend);
  const profiling = useProfiles((state) => state.profiling);
  const taken = useTaken();
  const backend = chosenBackend(facts, chosen);
  return (
    <div className={styles['controls']}>
      <NativeSelect
        label="Run on"
        size="sm"
        className={styles['backend']}
        value={backend ? backendKey(backend) : ''}
        disabled={taken}
        onChange={({ currentTarget }) => chooseBackend(currentTarget.value)}
        data={backendsOf(facts).map((each) => ({
          value: backendKey(each),
          label: exactBackendTitle(each),
        }))}
      />
      {profiling.state === 'running' ? (
        <Button variant="default" onClick={stopProfile}>
          Stop profiling
        </Button>
      ) : (
        <Button disabled={!backend || taken} onClick={() => void startProfile()}>
          Profile a run
        </Button>
      )}
      {profiling.state === 'running' && <p role="status">{profiling.doing}…</p>}
    </div>
  );
}

type View = 'operators' | 'nodes';

function Found({ profiled, inspection }: { profiled: Profiled; inspection: Inspection }) {
  const [view, setView] = useState<View>('operators');
  const { profile, plainMs, backend } = profiled;
  const title = useInspection(({ opened }) =>
    opened.subject.state === 'ready' ? opened.subject.title : '',
  );
  const ceilings = useProfiles((state) => state.ceilings[backendKey(backend)] ?? null);
  const costed = useMemo(() => costedNodes(profile, inspection.nodes), [profile, inspection]);
  return (
    <>
      <p className={styles['say']} data-profile>
        {profileHeadline(profile, plainMs)}
      </p>
      {profileNotes(profile, plainMs).map((line) => (
        <p key={line} className={styles['note']}>
          {line}
        </p>
      ))}
      <ProfileTimeline profile={profile} costed={costed} />
      <div className={styles['views']}>
        <SegmentedControl
          aria-label="Times by"
          fullWidth={false}
          value={view}
          onChange={(value) => setView(value as View)}
          data={[
            { value: 'operators', label: 'By operator' },
            { value: 'nodes', label: 'By node' },
          ]}
        />
        <TextButton disabled={false} onClick={() => saveTrace(profiled, title)}>
          Save as a trace for Perfetto
        </TextButton>
      </div>
      {view === 'operators' ? (
        <ProfileOperators profile={profile} />
      ) : (
        <ProfileTable costed={costed} inspection={inspection} ceilings={ceilings} />
      )}
      <Roofline costed={costed} profiled={profiled} ceilings={ceilings} />
    </>
  );
}

/** Where the time of a real run goes, node by node. */
export function ProfileCard({ inspection }: { inspection: Inspection }) {
  const subject = useInspection((state) => state.subject) ?? '';
  const facts = useDevice((state) => state.facts);
  const chosen = useProfiles((state) => state.backend);
  const profiling = useProfiles((state) => state.profiling);
  const backend = chosenBackend(facts, chosen);
  useEffect(() => {
    if (facts) recallCeilings(facts);
  }, [facts]);
  const key = backend && profileKey(subject, backend, inspection.sizes);
  const profiled = useProfiles((state) => (key === null ? null : (state.profiles[key] ?? null)));
  return (
    <Card title="Where the time goes" method="inspect">
      <Controls />
      {profiling.state === 'failed' && <Fault error={profiling.error} />}
      {profiled ? (
        <Found key={key} profiled={profiled} inspection={inspection} />
      ) : (
        <p className={styles['note']}>
          A profile runs the model {backend ? `on ${exactBackendTitle(backend)}` : ''} a few times
          with random inputs, and asks the runtime how long each node took, what really ran, and
          where.
        </p>
      )}
    </Card>
  );
}
