import { useEffect } from 'react';
import { insidesOf } from '../../state/race/insides.ts';
import { raceVerdicts } from '../../state/race/verdicts.ts';
import { latestSelfTest } from '../../state/selftest/selfTest.ts';
import { Card } from '../parts/Card.tsx';
import { useRaceView } from '../parts/raceView.ts';
import { useDevice, useInsides, useRaceConditions, useSelfTests } from '../parts/use.ts';
import { LookInside } from './LookInside.tsx';
import { VerdictList } from './VerdictList.tsx';

/** What is to be said against the figures, why they are as they are, and what to try. */
export default function VerdictsCard() {
  const view = useRaceView();
  const facts = useDevice((state) => state.facts);
  const found = useInsides((state) => state.found);
  const selfTest = useSelfTests(({ latest }) => latest ?? null);
  const conditions = useRaceConditions();
  useEffect(() => {
    // Read from storage once the device is known; the store then tells.
    if (facts) latestSelfTest();
  }, [facts]);
  if (!view) return null;
  const { record, figures } = view;
  const insides = insidesOf(record, found);
  const verdicts = raceVerdicts(record, figures, facts, selfTest, insides, conditions);
  return (
    <Card title="Why, and how far to trust it">
      {/* Whoever looked inside waits for what that told. */}
      <VerdictList verdicts={verdicts} live allOpen={insides.size > 0} />
      <LookInside record={record} />
    </Card>
  );
}
