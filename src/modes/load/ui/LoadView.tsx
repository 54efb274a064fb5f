import { useMemo } from 'react';
import { duration, figure, rate } from '../../../core/format.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import styles from '../../../ui/parts/FoldingTable.module.css';
import { FoldingTable, type Heading } from '../../../ui/parts/FoldingTable.tsx';
import method from '../../../ui/parts/Method.module.css';
import { type LoadFigures, loadFigures } from '../core/figures.ts';
import type { LoadFound } from '../core/found.ts';
import type { LoadRecord } from '../core/record.ts';
import { closedPoints, openPoints, wholePercent } from '../core/words.ts';
import LoadChart from './charts/LoadChart.tsx';

function Latencies({ one }: { one: LoadFigures }) {
  const { median, p95, p99, p95Interval, overloaded } = one;
  const shown = (ms: number | null) => {
    if (overloaded) return 'grows';
    return ms === null ? 'too few' : duration(ms);
  };
  return (
    <>
      <td data-title="Median">{shown(median)}</td>
      <td data-title="95% within">
        {shown(p95)}
        {p95Interval && (
          <span className={styles['sub']}>
            {figure(p95Interval.low)} to {figure(p95Interval.high)}
          </span>
        )}
      </td>
      <td data-title="99% within">{shown(p99)}</td>
    </>
  );
}

const LATENCIES: readonly Heading[] = [
  {
    key: 'median',
    title: 'Median',
    explains: 'Half of the requests are answered within this time, including waiting.',
  },
  {
    key: 'p95',
    title: '95% within',
    explains: '95% of the requests are answered within this time; below: its 95% interval.',
  },
  { key: 'p99', title: '99% within' },
];

const ANSWERED: Heading = { key: 'answered', title: 'Answered' };

const OPEN: readonly Heading[] = [
  {
    key: 'load',
    title: 'Load',
    explains: 'Request rate × time per request: at 100% the lane would never be idle.',
  },
  ANSWERED,
  ...LATENCIES,
  {
    key: 'waiting',
    title: 'Waiting',
    explains: 'The share of the mean latency that was waiting in the queue.',
  },
];

const CLOSED: readonly Heading[] = [{ key: 'clients', title: 'Clients' }, ANSWERED, ...LATENCIES];

function OpenTable({ open }: { open: readonly LoadFigures[] }) {
  return (
    <FoldingTable caption="Requests at random moments" shown headings={OPEN}>
      {open.map((one) => {
        const { point, offered, perSecond, queueing, overloaded } = one;
        const came = point.arrivals.kind === 'open' ? point.arrivals.perSecond : 0;
        return (
          <tr key={came} data-load={wholePercent(offered)} data-overloaded={overloaded}>
            <th scope="row" data-title="Load">
              {wholePercent(offered)}
              <span className={styles['sub']}>{rate(came)}</span>
            </th>
            <td data-title="Answered">
              {rate(perSecond)}
              {overloaded && <span className={styles['sub']}>{point.waiting} left waiting</span>}
            </td>
            <Latencies one={one} />
            <td data-title="Waiting">{overloaded ? 'no end' : wholePercent(queueing)}</td>
          </tr>
        );
      })}
    </FoldingTable>
  );
}

function ClosedTable({ closed }: { closed: readonly LoadFigures[] }) {
  return (
    <FoldingTable
      caption="Clients that send the next request as soon as they are answered"
      shown
      headings={CLOSED}
    >
      {closed.map((one) => {
        const { arrivals } = one.point;
        const clients = arrivals.kind === 'closed' ? arrivals.clients : 0;
        return (
          <tr key={clients} data-clients={clients}>
            <th scope="row" data-title="Clients">
              {clients}
            </th>
            <td data-title="Answered">{rate(one.perSecond)}</td>
            <Latencies one={one} />
          </tr>
        );
      })}
    </FoldingTable>
  );
}

function Method({ record, all }: { record: LoadRecord; all: readonly LoadFigures[] }) {
  const late = Math.max(0, ...openPoints(all).map((one) => one.late));
  return (
    <details className={method['method']}>
      <summary>How these figures were obtained, and how far to trust them</summary>
      <ul>
        <li>
          Requests wait in one queue for one lane and are served in order. A request arrives at its
          scheduled time even while the lane is busy, and its latency is counted from then;
          otherwise the very waiting that load causes would be left out (“coordinated omission”, Gil
          Tene).
        </li>
        <li>
          Arrival times are random with exponential gaps (Poisson, seed {record.seed}). The lane’s
          worker keeps the schedule itself, so no figure includes messages; it started requests up
          to {duration(late)} late (95% of them, at the worst load).
        </li>
        <li>
          First, a single client measured the lane’s maximum rate; then fractions of that rate
          followed in random order. The load of a row is its rate times the mean service time
          measured in that same row, so a machine that drifts moves the point along the curve, not
          off it.
        </li>
        <li>
          The dashed line is the mean latency of a queue with such service times (Pollaczek and
          Khinchine). Measured means lie above it where the machine stalls now and then.
        </li>
        <li>
          Where more requests arrive than can be answered, the queue grows without end: the
          measurement was cut off, and there is no latency to report.
        </li>
        {record.excluded > 0 && (
          <li>
            {record.excluded} {record.excluded === 1 ? 'load was' : 'loads were'} measured again,
            since the tab was hidden.
          </li>
        )}
      </ul>
    </details>
  );
}

/** A lane under loads, live or stored. */
export function LoadView({ found: { record } }: { found: LoadFound }) {
  const all = useMemo(() => record.points.map(loadFigures), [record.points]);
  const open = useMemo(() => openPoints(all), [all]);
  const closed = closedPoints(all);
  if (all.length === 0) return null;
  return (
    <>
      {open.length > 1 && (
        <Card title="Latency from request to answer against load, ms">
          <LoadChart open={open} lane={record.lane} />
        </Card>
      )}
      <Card title="Every load" method="latency">
        {open.length > 0 && <OpenTable open={open} />}
        {closed.length > 0 && <ClosedTable closed={closed} />}
        <Method record={record} all={all} />
      </Card>
    </>
  );
}
