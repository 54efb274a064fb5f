import { useEffect } from 'react';
import { Link } from 'wouter';
import { selfTestSentence } from '../../core/selftest/summary.ts';
import { latestSelfTest } from '../../state/selftest/selfTest.ts';
import { Card } from '../parts/Card.tsx';
import { useDevice, useSelfTests } from '../parts/use.ts';

/** The self-test's result in a sentence, with the way to it. */
export function SelfTestLine() {
  const facts = useDevice((state) => state.facts);
  const latest = useSelfTests((state) => state.latest);
  useEffect(() => {
    if (facts) latestSelfTest();
  }, [facts]);
  return (
    <Card title="Can its figures be trusted here?">
      <p>
        {latest
          ? selfTestSentence(latest)
          : 'The instrument has not been tested on this device yet.'}{' '}
        <Link href="/device/self-test">{latest ? 'See the self-test' : 'Run the self-test'}</Link>
      </p>
    </Card>
  );
}
