import { useEffect, useMemo } from 'react';
import { Link, useParams } from 'wouter';
import { foundKind } from '../../core/modes/register.ts';
import { compareReports, type ReportComparison } from '../../core/report/compare.ts';
import { deviceSentence } from '../../core/report/conditionRows.ts';
import type { Report } from '../../core/report/report.ts';
import { storedHeadline } from '../../core/report/stored.ts';
import { dismissFault, openReport } from '../../state/reports/history.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import sentence from '../parts/Headline.module.css';
import { HeadlineSentence } from '../parts/HeadlineSentence.tsx';
import { LanesTogether } from '../parts/looks.tsx';
import { momentOf } from '../parts/moment.ts';
import hidden from '../parts/Page.module.css';
import { useReports } from '../parts/use.ts';
import { MarkWrong, wrongOf } from '../parts/wrongLanes.tsx';
import { ComparedConditions } from './ComparedConditions.tsx';
import { ComparedLanes } from './ComparedLanes.tsx';
import styles from './ComparePage.module.css';
import { PairChart, type PairRow } from './PairChart.tsx';
import page from './ReportPage.module.css';
import { ENDINGS } from './words.ts';

function Side({ name, report }: { readonly name: 'A' | 'B'; readonly report: Report }) {
  const { id, startedAt, conditions, status } = report;
  const headline = storedHeadline(report);
  return (
    <Card>
      <p className={styles['side']} data-side={name}>
        <b>{name}</b>
        <Link href={`/reports/${id}`}>{momentOf(startedAt)}</Link>
        {status !== 'done' && <span>{ENDINGS[status]}</span>}
      </p>
      <p className={styles['device']}>{deviceSentence(conditions)}</p>
      <p>{headline?.sentence.map(({ text }) => text).join('') ?? 'Too little was measured.'}</p>
    </Card>
  );
}

const ratioRows = ({ lanes }: ReportComparison): PairRow[] =>
  lanes.flatMap(({ lane, a, b, relative }) => {
    if (!relative || !a?.speedup || !b?.speedup) return [];
    const end = ({ ratio, interval }: NonNullable<typeof a.speedup>) => ({
      value: ratio,
      interval,
    });
    return [{ lane, a: end(a.speedup), b: end(b.speedup) }];
  });

const timeRows = ({ lanes }: ReportComparison): PairRow[] =>
  lanes.flatMap(({ lane, a, b }) => {
    if (!a?.steady || !b?.steady) return [];
    const end = ({ median, intervals }: NonNullable<typeof a.steady>) => ({
      value: median,
      interval: intervals?.median ?? null,
    });
    return [{ lane, a: end(a.steady), b: end(b.steady) }];
  });

function Both({ a, b }: { readonly a: Report; readonly b: Report }) {
  const comparison = compareReports(a, b);
  const all = useMemo(
    () => [a, b].flatMap(({ found }) => foundKind(found.kind).lanes(found)),
    [a, b],
  );
  const { headline, lanes, conditions } = comparison;
  const [ratios, times] = [ratioRows(comparison), timeRows(comparison)];
  const figures = lanes.flatMap((one) => [one.a, one.b].filter((side) => side !== null));
  return (
    <LanesTogether modelId={a.model.id} lanes={all}>
      <MarkWrong wrong={wrongOf(figures)}>
        <Card>
          <HeadlineSentence headline={headline} />
        </Card>
        <div className={styles['two']}>
          <Side name="A" report={a} />
          <Side name="B" report={b} />
        </div>
        <div className={styles['two']}>
          {ratios.length > 0 && (
            <Card title="How many times as fast as its own reference (paired)">
              <PairChart rows={ratios} unit="×" mark={1} />
            </Card>
          )}
          {times.length > 0 && (
            <Card title="Median per inference, ms (not paired)">
              <PairChart rows={times} unit="ms" mark={null} />
            </Card>
          )}
        </div>
        {lanes.length > 0 && <ComparedLanes lanes={lanes} />}
        <ComparedConditions conditions={conditions} />
      </MarkWrong>
    </LanesTogether>
  );
}

/** Two reports beside each other: two devices, two days, two browsers. */
export default function ComparePage() {
  const { id = '', other = '' } = useParams<{ id: string; other: string }>();
  const a = useReports(({ open }) => open.get(id));
  const b = useReports(({ open }) => open.get(other));
  const fault = useReports((state) => state.fault);
  useEffect(() => {
    void openReport(id);
    void openReport(other);
  }, [id, other]);
  return (
    <main className={page['page']} data-compared={a && b ? 'yes' : undefined}>
      <h1 className={hidden['hidden']}>Two reports</h1>
      <p className={page['back']}>
        <Link href="/reports">All reports</Link>
      </p>
      {fault && <Fault error={fault} onDismiss={dismissFault} />}
      {(a === null || b === null) && (
        <Card>
          <p className={sentence['say']}>
            {a === null && b === null ? 'Neither report is' : 'One of the two reports is not'} in
            this browser.
          </p>
          <p className={sentence['evidence']}>
            Export it where it was measured and <Link href="/reports">import its file</Link>.
          </p>
        </Card>
      )}
      {(a === undefined || b === undefined) && !fault && <p role="status">Reading the reports…</p>}
      {a && b && <Both a={a} b={b} />}
    </main>
  );
}
