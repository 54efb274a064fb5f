import { CartesianGrid, Line, LineChart, XAxis, YAxis } from 'recharts';
import { bytes, count } from '../../../../core/format.ts';
import { quantile, sorted } from '../../../../core/stats/quantiles.ts';
import { ACROSS, ChartFrame, GRID, MARGIN, VALUES } from '../../../../ui/charts/frame.tsx';
import { type LineEnd, LineEnds } from '../../../../ui/charts/LineEnds.tsx';
import { LineMarks } from '../../../../ui/charts/LineMarks.tsx';
import styles from '../../../../ui/charts/note.module.css';
import { niceTicks, roundUp } from '../../../../ui/charts/ticks.ts';
import { forText } from '../../../../ui/parts/textSize.ts';
import { useLaneLook } from '../../../../ui/parts/wrongLanes.tsx';
import { answerLength } from '../../core/problem.ts';
import type { ArithmeticTask } from '../../core/task.ts';
import { type Asked, generatorTitle, type Writing } from '../../state/thinking.ts';

const HEIGHT = forText(190);
const AXIS_HEIGHT = forText(28);
const AXIS_WIDTH = forText(40);
const FLOAT_BYTES = 4;

interface ThinkingChartProps {
  readonly writings: readonly Writing[];
  readonly asked: Asked;
  readonly task: ArithmeticTask;
  /** Characters of the prompt. */
  readonly prompt: number;
}

/** What each character adds to the cache, and to the work of all that follow it. */
function growth({ cache, heads, headWidth }: ArithmeticTask): string {
  const numbers = cache.length * heads * headWidth;
  return `Every character adds ${bytes(FLOAT_BYTES * numbers)} to what the model remembers, and ${count(numbers)} multiplications to every later one.`;
}

/** The time of every character, by how many stand before it. */
export default function ThinkingChart({ writings, asked, task, prompt }: ThinkingChartProps) {
  const look = useLaneLook();
  const longest = Math.max(...writings.map(({ times }) => times.length));
  // The first run reads the prompt, and is told beside the others.
  const rows = Array.from({ length: Math.max(0, longest - 1) }, (_, i) => ({
    past: prompt + i,
    ms: writings.map(({ times }) => times[i + 1]?.ms),
  }));
  if (rows.length < 2) return null;
  const all = sorted(rows.flatMap(({ ms }) => ms.flatMap((each) => each ?? [])));
  const top = roundUp(1.25 * quantile(all, 0.95));
  const over = all.filter((ms) => ms > top).length;
  // The whole answer's, from the begin: an axis that grows is hard to read.
  const last = prompt + answerLength(asked.mode, task) - 2;
  const middle = Math.round((prompt + last) / 2);
  const names = writings.map(({ generator }) => generatorTitle(generator, asked.modelId));
  const ends = writings.map(({ generator, times }, i): LineEnd => {
    const latest = times.at(-1)?.ms ?? 0;
    return {
      name: names[i] ?? '',
      x: prompt + Math.max(0, times.length - 2),
      y: Math.min(latest, top),
      colour: look(generator.lane).colour,
      mark: look(generator.lane),
    };
  });
  return (
    <>
      <ChartFrame
        height={HEIGHT}
        says={`Milliseconds per character by characters before it: ${names.join(', ')}.`}
      >
        <LineChart data={rows} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke={GRID} />
          <XAxis
            {...ACROSS}
            dataKey="past"
            type="number"
            domain={[prompt, last]}
            ticks={[prompt, middle, last]}
            height={AXIS_HEIGHT}
          />
          <YAxis
            {...VALUES}
            domain={[0, top]}
            ticks={niceTicks(0, top, false)}
            width={AXIS_WIDTH}
          />
          {writings.map(({ generator: { id, lane, model } }, i) => (
            <Line
              key={id}
              dataKey={`ms.${i}`}
              stroke={look(lane).colour}
              strokeWidth={1.7}
              strokeDasharray={model.id === asked.modelId ? look(lane).dash : '1.5 3'}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
          <LineMarks
            lines={writings.map(({ generator, times }) => ({
              lane: generator.lane,
              points: times.slice(1).map(({ ms }, i) => ({ x: prompt + i, y: ms })),
            }))}
          />
          <LineEnds ends={ends} />
        </LineChart>
      </ChartFrame>
      <p className={styles['note']}>
        X axis: characters before the one being written, including the prompt. {growth(task)}
        {writings.some(({ generator }) => generator.model.id !== asked.modelId) &&
          ' The dotted line is for the other training.'}
        {over > 0 && ` ${over} of ${all.length} times spike above the chart.`}
      </p>
    </>
  );
}
