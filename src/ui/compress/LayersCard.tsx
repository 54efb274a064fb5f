import { NativeSelect, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { NodeChoice } from '../../core/compress/auto/choice.ts';
import type { LayerError } from '../../core/compress/proof/proof.ts';
import type { Decision } from '../../core/compress/technique.ts';
import { count, duration, figure } from '../../core/format.ts';
import { randomWords } from '../../core/models/model.ts';
import type { Made } from '../../state/compress/compress.ts';
import {
  findLayers,
  type LayerRow,
  type LayerSort,
  layerRows,
} from '../../state/compress/compressLayers.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import { forText } from '../parts/textSize.ts';
import styles from './LayersCard.module.css';

/** A row before it was measured on the page. */
const ROW_HEIGHT = forText(58);
/** A signal this far above its error is as good as exact: the bars' end. */
const FULL_DB = 60;

type Outcome = Decision['outcome'] | 'all';

const decibel = (value: number) => (Number.isFinite(value) ? `${figure(value)} dB` : 'exact');

/** The nearer the error comes to the signal, the longer the bar. */
const errorWidth = (value: number) =>
  `${Math.min(100, Math.max(0, 100 - (value / FULL_DB) * 100))}%`;

function ErrorBars({ error }: { error: LayerError }) {
  const bars = [
    { key: 'sqnr', value: error.sqnr, says: 'as it runs', colour: 'var(--soft)' },
    ...(error.alone === null
      ? []
      : [{ key: 'alone', value: error.alone, says: 'this layer alone', colour: 'var(--int8)' }]),
  ];
  return (
    <div className={styles['bars']}>
      {bars.map(({ key, value, says, colour }) => (
        <div key={key} className={styles['measure']}>
          <span className={styles['track']} aria-hidden="true">
            <span
              className={styles['bar']}
              style={{ width: errorWidth(value), background: colour }}
            />
          </span>
          <span className={styles['figure']}>
            {decibel(value)} <span className={styles['soft']}>{says}</span>
          </span>
        </div>
      ))}
    </div>
  );
}

const FORMS = [
  { form: 'float', title: 'float', colour: 'var(--fp32)' },
  { form: 'static', title: 'static int8', colour: 'var(--int8)' },
  { form: 'dynamic', title: 'dynamic int8', colour: 'var(--int8-dynamic)' },
] as const;

const msOf = (choice: NodeChoice, form: NodeChoice['choice']) =>
  form === 'float' ? choice.floatMs : (choice[form]?.ms ?? null);

function TimeBars({ choice, longest }: { choice: NodeChoice; longest: number }) {
  return (
    <div className={styles['bars']}>
      {FORMS.map(({ form, title, colour }) => {
        const ms = msOf(choice, form);
        if (ms === null) return null;
        return (
          <div key={form} className={styles['measure']} data-picked={form === choice.choice}>
            <span className={styles['track']} aria-hidden="true">
              <span
                className={styles['bar']}
                style={{ width: `${(ms / longest) * 100}%`, background: colour }}
              />
            </span>
            <span className={styles['figure']}>
              {duration(ms)} <span className={styles['soft']}>{title}</span>
            </span>
          </div>
        );
      })}
    </div>
  );
}

const CHIPS: Readonly<Record<Decision['outcome'], string>> = {
  changed: 'changed',
  kept: 'kept',
  removed: 'removed',
};

const chipText = ({ choice, outcome }: LayerRow) =>
  choice ? (FORMS.find(({ form }) => form === choice.choice)?.title ?? '') : CHIPS[outcome];

function Layer({ row, longest }: { row: LayerRow; longest: number }) {
  return (
    <div className={styles['layer']} data-layer={row.node}>
      <div className={styles['who']}>
        <b>{row.operator}</b> <span className={styles['title']}>{row.title}</span>
      </div>
      <span className={styles['chip']} data-outcome={row.outcome}>
        {chipText(row)}
      </span>
      <div className={styles['why']}>
        {row.choice && <p>{row.choice.why}</p>}
        {row.reasons.map(({ technique, reason }) => (
          <p key={`${technique} ${reason}`}>
            {row.reasons.length > 1 && `${technique}: `}
            {reason}
          </p>
        ))}
      </div>
      <div className={styles['measures']}>
        {row.choice && <TimeBars choice={row.choice} longest={longest} />}
        {row.error && <ErrorBars error={row.error} />}
      </div>
    </div>
  );
}

function Rows({ rows }: { rows: readonly LayerRow[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.node ?? index,
    overscan: 8,
  });
  const longest = Math.max(
    1e-6,
    ...rows.flatMap(({ choice }) =>
      choice ? FORMS.map(({ form }) => msOf(choice, form) ?? 0) : [],
    ),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
    <section ref={scroller} className={styles['scroll']} aria-label="Layers" tabIndex={0}>
      <div className={styles['rows']} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={styles['row']}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Layer row={row} longest={longest} />
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** Every node: what was done to it and why, and the error that it makes. */
export function LayersCard({ made }: { made: Made }) {
  const [query, setQuery] = useState('');
  const [outcome, setOutcome] = useState<Outcome>('all');
  const [sort, setSort] = useState<LayerSort>('graph');
  const all = useMemo(() => layerRows(made), [made]);
  const rows = useMemo(() => findLayers(all, query, outcome, sort), [all, query, outcome, sort]);
  const { layers, answers } = made;
  const random = answers.state === 'ready' ? answers.value.random : null;
  return (
    <Card
      title="Layer by layer: what was done, why, and the error it causes"
      method="compress"
      aside={<span className={styles['soft']}>{made.title}</span>}
    >
      <div className={styles['controls']}>
        <TextInput
          size="xs"
          type="search"
          aria-label="Find layers"
          placeholder="Find a layer or a reason"
          value={query}
          onChange={({ currentTarget }) => setQuery(currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          aria-label="Which layers"
          value={outcome}
          onChange={({ currentTarget }) => setOutcome(currentTarget.value as Outcome)}
          data={[
            { value: 'all', label: `All ${count(all.length)}` },
            { value: 'changed', label: 'Changed' },
            { value: 'kept', label: 'Kept' },
            { value: 'removed', label: 'Removed' },
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label="Order of the layers"
          value={sort}
          onChange={({ currentTarget }) => setSort(currentTarget.value as LayerSort)}
          data={[
            { value: 'graph', label: 'As they run' },
            { value: 'error', label: 'Largest error first' },
            ...(made.auto ? [{ value: 'time', label: 'Longest first' }] : []),
          ]}
        />
      </div>
      {layers.state === 'running' && (
        <p className={styles['soft']} role="status">
          Looking inside both models…
        </p>
      )}
      {layers.state === 'failed' && <Fault error={layers.error} />}
      {rows.length > 0 ? <Rows rows={rows} /> : <p className={styles['soft']}>No layer matches.</p>}
      {layers.state === 'ready' && (
        <p className={styles['note']}>
          {random && `Errors after ${random.node} mean nothing: ${randomWords(random)}. `}
          SQNR in decibels; the longer the bar, the larger the error. “As it runs” includes the
          error of all earlier layers; “this layer alone” feeds it the original’s values.
        </p>
      )}
    </Card>
  );
}
