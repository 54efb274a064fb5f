import { useMemo } from 'react';
import { adviceFor } from '../../../core/advice.ts';
import { bytes, count, duration, range, rate } from '../../../core/format.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import styles from '../../../ui/parts/FoldingTable.module.css';
import { FoldingTable, type Heading } from '../../../ui/parts/FoldingTable.tsx';
import method from '../../../ui/parts/Method.module.css';
import { type BatchFigures, batchFigures, enoughBatch } from '../core/batchFigures.ts';
import type { BatchesFound } from '../core/found.ts';
import type { BatchRecord } from '../core/record.ts';
import BatchCharts from './charts/BatchCharts.tsx';

const HEADINGS: readonly Heading[] = [
  { key: 'batch', title: 'At once' },
  { key: 'answered', title: 'Inputs answered' },
  {
    key: 'waits',
    title: 'Each waits',
    explains:
      'The median time of one inference of the whole batch, with its 95% interval: every input of the batch waits that long.',
  },
  {
    key: 'each',
    title: 'Per input',
    explains: 'The time of the batch divided by its number of inputs: the cost of one of them.',
  },
  { key: 'heap', title: 'Heap' },
  { key: 'timings', title: 'Timings' },
];

function Row({ one, enough }: { one: BatchFigures; enough: boolean }) {
  const { batch, ms, msInterval, perItem, perSecond, samples, point } = one;
  return (
    <tr data-batch={batch} data-enough={enough}>
      <th scope="row" data-title="At once">
        {batch}
      </th>
      <td data-title="Inputs answered">{rate(perSecond)}</td>
      <td data-title="Each waits">
        {duration(ms)}
        <span className={styles['sub']}>
          {msInterval ? `${range(msInterval)} ms` : 'no interval'}
        </span>
      </td>
      <td data-title="Per input">{duration(perItem)}</td>
      <td data-title="Heap">{bytes(point.heap)}</td>
      <td data-title="Timings">{count(samples)}</td>
    </tr>
  );
}

function Method({ record }: { record: BatchRecord }) {
  return (
    <details className={method['method']}>
      <summary>How these figures were obtained, and how far to trust them</summary>
      <ul>
        <li>
          The chosen input is stacked along “{record.dimension}”, the batch dimension, which the
          model leaves free. The first copy must get the same answer as it gets alone; otherwise the
          size is refused.
        </li>
        <li>
          Sizes were first tried in rising order, up to 2 s per inference. Those that ran then took
          turns in random order, round after round, so that a machine that slows down slows all
          alike; neither the first inference after a change of size nor warm-up rounds are timed.
        </li>
        <li>Medians with 95% intervals, in which correlated samples count as fewer.</li>
        <li>
          The heap is the size of the lane’s WASM memory after the first inference of a size; it
          never shrinks. GPU memory is not included.
        </li>
        {record.excluded > 0 && (
          <li>
            {record.excluded} {record.excluded === 1 ? 'turn was' : 'turns were'} left out, since
            the tab was hidden or the clock jumped.
          </li>
        )}
      </ul>
    </details>
  );
}

/** A lane on batches of several sizes, live or stored. */
export function BatchView({ found: { record } }: { found: BatchesFound }) {
  const figures = useMemo(() => batchFigures(record), [record]);
  const refused = record.points.filter(({ error }) => error !== null);
  if (figures.length === 0 && refused.length === 0) return null;
  const enough = enoughBatch(figures);
  return (
    <>
      {figures.length > 0 && <BatchCharts figures={figures} enough={enough} lane={record.lane} />}
      <Card title="Every size" method="latency">
        <FoldingTable caption="Figures of every batch size" headings={HEADINGS}>
          {figures.map((one) => (
            <Row key={one.batch} one={one} enough={one === enough} />
          ))}
        </FoldingTable>
        {refused.map(({ batch, error }) => (
          <p key={batch} role="status" data-refused={batch}>
            {batch} at once: {error?.message} {adviceFor(error?.name ?? '')}
          </p>
        ))}
        <Method record={record} />
      </Card>
    </>
  );
}
