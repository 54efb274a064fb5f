import { Button, Progress } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from 'wouter';
import type { CheckId, SelfTest } from '../../core/selftest/selftest.ts';
import { selfTestSentence } from '../../core/selftest/summary.ts';
import { latestSelfTest, type SelfTestStatus } from '../../state/selftest/selfTest.ts';
import { startSelfTest, stopSelfTest } from '../../state/selftest/selfTesting.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import sentence from '../parts/Headline.module.css';
import { useBench, useDevice, useSelfTests, useTakenBy } from '../parts/use.ts';
import { SelfTestCheck } from './SelfTestCheck.tsx';
import styles from './SelfTestPage.module.css';

const ORDER: readonly CheckId[] = ['timer', 'null-race', 'known-cost', 'overhead'];

function Running({ status }: { status: SelfTestStatus & { state: 'running' } }) {
  return (
    <div className={styles['running']}>
      <p role="status">{status.doing}…</p>
      <Progress size="sm" value={status.share * 100} aria-label="Progress of the self-test" />
    </div>
  );
}

function Evidence({ latest }: { latest: SelfTest | null | undefined }) {
  if (!latest) {
    return (
      <p className={sentence['evidence']}>
        Four checks, about 40 seconds: the clock, a model raced against itself, work of known cost,
        and the harness against a hand-written loop. Leave the device alone meanwhile.
      </p>
    );
  }
  return (
    <p className={sentence['evidence']}>
      Tested {new Date(latest.at).toLocaleString('en')}, on this device. Every report that is saved
      from now on carries the result.
    </p>
  );
}

function RunButton({ running, again }: { running: boolean; again: boolean }) {
  const ready = useDevice(({ facts }) => facts !== null);
  const loaded = useBench(({ models }) => models.length > 0);
  const taken = useTakenBy();
  if (running) {
    return (
      <Button variant="default" onClick={stopSelfTest}>
        Stop
      </Button>
    );
  }
  return (
    <>
      <Button
        variant={again ? 'default' : 'filled'}
        disabled={!ready || !loaded || taken !== null}
        onClick={() => void startSelfTest()}
      >
        {again ? 'Test again' : 'Run the self-test'}
      </Button>
      {taken && <p role="status">{taken} The self-test has to wait.</p>}
    </>
  );
}

/** The instrument proves itself on this device, or says where it cannot. */
export default function SelfTestPage() {
  const facts = useDevice((state) => state.facts);
  const { status, latest } = useSelfTests((state) => state);
  useEffect(() => {
    if (facts) latestSelfTest();
  }, [facts]);
  const running = status.state === 'running';
  const shown = running ? status.checks : (latest?.checks ?? []);
  const checks = ORDER.flatMap((id) => shown.filter((check) => check.id === id));
  return (
    <main className={styles['page']}>
      <p className={styles['trail']}>
        <Link href="/device">Device</Link> › Self-test
      </p>
      <h1 className={styles['hidden']}>Self-test</h1>
      <Card>
        {status.state === 'failed' && <Fault error={status.error} />}
        <p className={sentence['say']} data-self-test={status.state} role="status">
          {running
            ? 'The instrument measures itself…'
            : latest
              ? selfTestSentence(latest)
              : 'Can the figures of this instrument be trusted on this device?'}
        </p>
        {running ? <Running status={status} /> : <Evidence latest={latest} />}
        {status.state === 'stopped' && (
          <p className={sentence['evidence']} role="status">
            Stopped early{latest ? '; the results below are from the previous test.' : '.'}
          </p>
        )}
        <div className={styles['controls']}>
          <RunButton running={running} again={Boolean(latest)} />
        </div>
      </Card>
      {checks.map((check) => (
        <SelfTestCheck key={check.id} check={check} />
      ))}
    </main>
  );
}
