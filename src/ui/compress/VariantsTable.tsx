import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { adviceFor } from '../../core/advice.ts';
import { meantClasses } from '../../core/compress/proof/proof.ts';
import { correctnessOf } from '../../core/compress/report/headline.ts';
import { energyDetail, TIER_TITLES } from '../../core/energy/words.ts';
import {
  bytesParts,
  durationParts,
  figure,
  percent,
  type Quantity,
  range,
  shareOf,
} from '../../core/format.ts';
import { randomWords } from '../../core/models/model.ts';
import { sqnr } from '../../core/race/fidelity.ts';
import { whyNoInterval } from '../../core/stats/speedWords.ts';
import type { Interval } from '../../core/units.ts';
import { saveRecipe, showRecipe } from '../../state/compress/composing.ts';
import { isCompressing, type Made, type Part } from '../../state/compress/compress.ts';
import {
  inspectMade,
  proveAgain,
  raceMade,
  removeVariant,
  saveVariant,
  showVariant,
} from '../../state/compress/compressing.ts';
import type { VariantRow } from '../../state/compress/compressView.ts';
import { Card } from '../parts/Card.tsx';
import styles from '../parts/FoldingTable.module.css';
import { FoldingTable } from '../parts/FoldingTable.tsx';
import { toneColour } from '../parts/laneStyle.ts';
import { useVariantLook } from '../parts/looks.tsx';
import { MarkShape } from '../parts/MarkShape.tsx';
import { Term } from '../parts/Term.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import { useCompression, useTaken } from '../parts/use.ts';
import own from './VariantsTable.module.css';

function Amount({ quantity: { value, unit } }: { quantity: Quantity }) {
  return (
    <>
      <span className={styles['big']}>{value}</span> <span className={styles['unit']}>{unit}</span>
    </>
  );
}

const Sub = ({ children }: { children: ReactNode }) => (
  <span className={styles['sub']}>{children}</span>
);

/** A figure, or why there is none yet. */
function Told<T>({ part, children }: { part: Part<T>; children: (value: T) => ReactNode }) {
  switch (part.state) {
    case 'missing':
      return <Sub>not measured</Sub>;
    case 'running':
      return <Sub>measuring…</Sub>;
    case 'failed':
      return (
        <Term explains={`${part.error.message} ${adviceFor(part.error.name)}`}>
          <span className={styles['bad']}>failed</span>
        </Term>
      );
    case 'ready':
      return children(part.value);
  }
}

/** Millijoules, as the least and the most that they may be. */
const energyText = ({ low, high }: Interval) => range({ low: low * 1000, high: high * 1000 });

function Answers({ made }: { made: Made }) {
  return (
    <Told part={made.answers}>
      {(answers) => {
        const { fidelity, noise, random } = answers;
        if (random) {
          return (
            <Term explains={`Its answers cannot be compared: ${randomWords(random)}.`}>random</Term>
          );
        }
        const classes = meantClasses(answers);
        const ratio = sqnr(fidelity);
        const exact = !Number.isFinite(ratio);
        return (
          <>
            {classes ? (
              <span className={styles['big']}>
                {shareOf(Math.round(classes.top1 * fidelity.compared), fidelity.compared)}
              </span>
            ) : (
              <Amount
                quantity={
                  exact ? { value: 'exact', unit: '' } : { value: figure(ratio), unit: 'dB' }
                }
              />
            )}
            <Sub>
              {classes?.accuracy
                ? `${percent(classes.accuracy.original)} → ${percent(classes.accuracy.variant)} right`
                : classes && !exact
                  ? `${figure(ratio)} dB`
                  : ''}
              {noise ? 'on noise' : ''}
            </Sub>
          </>
        );
      }}
    </Told>
  );
}

interface Column {
  readonly key: string;
  readonly title: string;
  readonly explains: string;
  /** Shown on a phone without opening the row. */
  readonly always?: boolean;
  readonly cell: (row: VariantRow) => ReactNode;
}

const COLUMNS: readonly Column[] = [
  {
    key: 'bytes',
    title: 'On disk',
    explains: 'The .onnx file as saved, with its external weights.',
    always: true,
    cell: ({ bytes }) => <Amount quantity={bytesParts(bytes)} />,
  },
  {
    key: 'gzip',
    title: 'Download',
    explains: 'The same compressed with gzip, as a server would send it.',
    cell: ({ gzip }) => (gzip === null ? '–' : <Amount quantity={bytesParts(gzip)} />),
  },
  {
    key: 'time',
    title: 'Time',
    explains:
      'Median of one inference here, on WASM with all threads. The original’s is the median over its races with the variants.',
    cell: ({ ms, made }) =>
      ms === null ? (
        made ? (
          <Told part={made.timing}>{() => null}</Told>
        ) : (
          '–'
        )
      ) : (
        <Amount quantity={durationParts(ms)} />
      ),
  },
  {
    key: 'speed',
    title: 'Speed-up',
    explains:
      'How many times as fast as the original, which took turns with it; below: the 95% interval. An interval that contains 1 shows no significant difference.',
    always: true,
    cell: ({ speedup }) =>
      speedup === null ? (
        '–'
      ) : (
        <>
          <span className={styles['big']}>{figure(speedup.ratio)}×</span>
          <Sub>
            {speedup.interval ? (
              `${figure(speedup.interval.low)}–${figure(speedup.interval.high)}`
            ) : (
              <Term explains={`${whyNoInterval(speedup)}.`}>no interval</Term>
            )}
          </Sub>
        </>
      ),
  },
  {
    key: 'answers',
    title: 'Answers',
    explains:
      'Share of inputs not used for calibration for which it predicts the original’s class, and the true accuracy of both where there are labels; for other models, and on noise, the SQNR of the outputs.',
    always: true,
    cell: ({ made }) => (made ? <Answers made={made} /> : 'reference'),
  },
  {
    key: 'error',
    title: 'Largest error',
    explains: 'The largest difference of any output value from the original’s.',
    cell: ({ answers }) => (answers && !answers.random ? figure(answers.fidelity.maxAbs) : '–'),
  },
  {
    key: 'energy',
    title: 'Energy per inference',
    explains: 'Time × power above idle, always as an interval; below: where the power comes from.',
    cell: ({ energy }) =>
      energy ? (
        <Term explains={energyDetail(energy)}>
          {energyText(energy.marginal)}{' '}
          <span className={styles['unit']}>mJ, {TIER_TITLES[energy.tier]}</span>
        </Term>
      ) : (
        '–'
      ),
  },
];

/** Something is still to be measured of it. */
const isUnproved = ({ answers, timing, layers }: Made) =>
  [answers, timing, layers].some(({ state }) => state === 'missing' || state === 'failed');

function Actions({ made }: { made: Made }) {
  const running = useCompression(isCompressing);
  const taken = useTaken();
  const [, go] = useLocation();
  return (
    <div className={own['actions']}>
      <TextButton disabled={false} onClick={() => saveVariant(made.id)}>
        Download .onnx
      </TextButton>
      <TextButton disabled={false} onClick={() => saveRecipe(made.recipe)}>
        Download recipe
      </TextButton>
      <TextButton disabled={running} onClick={() => showRecipe(made.recipe)}>
        Use its settings
      </TextButton>
      <TextButton
        disabled={taken}
        onClick={() => {
          raceMade(made.id);
          go('/');
        }}
      >
        Race it on the Bench
      </TextButton>
      <TextButton
        disabled={false}
        onClick={() => {
          inspectMade(made.id);
          go('/inspect');
        }}
      >
        Inspect
      </TextButton>
      {isUnproved(made) && (
        <TextButton disabled={taken} onClick={() => void proveAgain(made.id)}>
          Measure the rest
        </TextButton>
      )}
      <TextButton disabled={taken} onClick={() => removeVariant(made.id)}>
        Remove
      </TextButton>
    </div>
  );
}

function Row({ row, shown }: { row: VariantRow; shown: boolean }) {
  const [open, setOpen] = useState(false);
  const { made, speedup } = row;
  const correctness = correctnessOf(row);
  const { tone, shape } = useVariantLook()(row.variant);
  return (
    <>
      <tr
        data-variant={row.id}
        data-shown={shown}
        data-open={open}
        data-ms={row.ms ?? undefined}
        data-speedup={speedup?.ratio}
        data-bytes={row.bytes}
        data-gzip={row.gzip ?? undefined}
        data-compress-ms={made?.ms}
        data-agreement={(row.answers && meantClasses(row.answers)?.top1) ?? undefined}
      >
        <th scope="row">
          <button
            type="button"
            className={styles['name']}
            aria-pressed={made ? shown : undefined}
            disabled={!made}
            onClick={() => {
              if (made) showVariant(made.id);
              setOpen(!open);
            }}
          >
            <svg className={own['mark']} viewBox="-7 -7 14 14" aria-hidden="true" focusable="false">
              <MarkShape
                shape={shape}
                fill={row.pruned ? 'open' : 'full'}
                colour={toneColour(tone)}
              />
            </svg>
            {row.title}
          </button>
          {correctness.state === 'wrong' && (
            <Term explains={`It is wrong: ${correctness.reason}.`}>
              <span className={styles['bad']}>wrong</span>
            </Term>
          )}
        </th>
        {COLUMNS.map(({ key, title, always, cell }) => (
          <td key={key} data-title={title} data-always={always ?? false}>
            {cell(row)}
          </td>
        ))}
      </tr>
      {made && (
        <tr className={styles['below']} data-open={open} data-shown={shown}>
          <td colSpan={COLUMNS.length + 1}>
            <Actions made={made} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Every variant's figures; each heading says how its figure is obtained. */
export function VariantsTable({
  rows,
  shown,
}: {
  rows: readonly VariantRow[];
  shown: string | null;
}) {
  return (
    <Card title="Variants" method="compress">
      <FoldingTable
        caption="Figures of the original and of every variant"
        headings={[{ key: 'variant', title: 'Variant' }, ...COLUMNS]}
      >
        {rows.map((row) => (
          <Row key={row.id} row={row} shown={row.id === shown} />
        ))}
      </FoldingTable>
    </Card>
  );
}
