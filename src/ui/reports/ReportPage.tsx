import { Button } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { Link, useParams } from 'wouter';
import { foundKind } from '../../core/modes/register.ts';
import { isRace } from '../../core/race/found.ts';
import type { Report } from '../../core/report/report.ts';
import { storedHeadline } from '../../core/report/stored.ts';
import { selfTestSentence } from '../../core/selftest/summary.ts';
import { dismissFault, openReport } from '../../state/reports/history.ts';
import { VerdictList } from '../bench/VerdictList.tsx';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import sentence from '../parts/Headline.module.css';
import { HeadlineSentence } from '../parts/HeadlineSentence.tsx';
import { LanesTogether } from '../parts/looks.tsx';
import { momentOf } from '../parts/moment.ts';
import hidden from '../parts/Page.module.css';
import { useReports, useStoring } from '../parts/use.ts';
import { ConditionsCard } from './ConditionsCard.tsx';
import { NoteCard } from './NoteCard.tsx';
import { ReportActions } from './ReportActions.tsx';
import styles from './ReportPage.module.css';
import { StoredFound } from './StoredFound.tsx';
import { ENDINGS, reportTitle } from './words.ts';

function Running({ id }: { readonly id: string }) {
  // Its last part may be stored only after it was opened here.
  const saved = useStoring(({ saved }) => Object.values(saved).some((one) => one?.id === id));
  useEffect(() => {
    if (saved) void openReport(id);
  }, [saved, id]);
  return (
    <p className={styles['running']} role="status">
      It is still running, here or in another tab; this is what has been stored so far.{' '}
      <Button size="compact-xs" variant="default" onClick={() => void openReport(id)}>
        Reload
      </Button>
    </p>
  );
}

function Whole({ report }: { readonly report: Report }) {
  const { id, startedAt, found, model, status, error, verdicts, selfTest, conditions } = report;
  const headline = storedHeadline(report);
  const lanes = useMemo(() => foundKind(found.kind).lanes(found), [found]);
  return (
    <LanesTogether modelId={model.id} lanes={lanes}>
      <Card
        title={`${reportTitle(found.kind)} of ${model.title}, ${momentOf(startedAt)}${
          status === 'done' ? '' : `: ${ENDINGS[status]}`
        }`}
      >
        {error && <Fault error={error} />}
        {headline ? (
          <HeadlineSentence headline={headline} />
        ) : (
          <p className={sentence['say']}>Too little was measured to say anything.</p>
        )}
        {!conditions && (
          <p className={sentence['evidence']}>
            Read from a table of samples: its conditions, memory, energy and answers are not known.
          </p>
        )}
        {status === 'running' && <Running id={id} />}
        <ReportActions report={report} />
      </Card>
      <StoredFound
        report={report}
        verdicts={
          isRace(found) &&
          conditions && (
            <Card title="Why, and how far to trust it">
              <VerdictList verdicts={verdicts} live={false} />
              <p className={styles['selfTest']}>
                {selfTest
                  ? `Self-test of ${momentOf(selfTest.at)}: ${selfTestSentence(selfTest)}`
                  : 'The instrument had not been tested on that device.'}
              </p>
            </Card>
          )
        }
      />
      <ConditionsCard report={report} />
      {status !== 'running' && <NoteCard report={report} />}
    </LanesTogether>
  );
}

/** One report: what was found, the evidence, and what it was measured under. */
export default function ReportPage() {
  const { id = '' } = useParams<{ id: string }>();
  const report = useReports(({ open }) => open.get(id));
  const fault = useReports((state) => state.fault);
  useEffect(() => void openReport(id), [id]);
  return (
    <main className={styles['page']} data-report-open={report ? report.status : undefined}>
      <h1 className={hidden['hidden']}>Report</h1>
      <p className={styles['back']}>
        <Link href="/reports">All reports</Link>
      </p>
      {fault && <Fault error={fault} onDismiss={dismissFault} />}
      {report === undefined && !fault && <p role="status">Reading the report…</p>}
      {report === null && (
        <Card>
          <p className={sentence['say']}>There is no such report in this browser.</p>
          <p className={sentence['evidence']}>
            It was deleted, or measured on another device: export it there and{' '}
            <Link href="/reports">import its file</Link>.
          </p>
        </Card>
      )}
      {report && <Whole report={report} />}
    </main>
  );
}
