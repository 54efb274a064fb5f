import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { count, percent } from '../../../core/format.ts';
import { bench } from '../../../state/bench/bench.ts';
import { selectedModel } from '../../../state/bench/selectors.ts';
import { device } from '../../../state/device/device.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import { Fault } from '../../../ui/parts/Fault.tsx';
import { useBench, useDevice, useTakenBy } from '../../../ui/parts/use.ts';
import { promptOf } from '../core/problem.ts';
import { problems, taskOf } from '../state/state.ts';
import { chosenGenerators, generatorsOf, type TokenGenerator } from '../state/thinking.ts';
import { SLOW_PER_SECOND, stopThinking, think } from '../state/thinkingRun.ts';
import { Answer } from './Answer.tsx';
import { Dials } from './Dials.tsx';
import { SolveAll } from './SolveAll.tsx';
import styles from './Thinking.module.css';
import { useThinking } from './useThinking.ts';

/** Comes with the first characters: before them there is nothing to draw. */
const ThinkingChart = lazy(() => import('./charts/ThinkingChart.tsx'));

const SLOW = `Shown at ${SLOW_PER_SECOND} characters a second so that you can read along. In between, the lanes idle, and a processor that has idled takes longer: choose full speed to see the true speed.`;
const WARM =
  'The lanes take turns, one character each, and never run at the same time. Each wrote the answer once before, hidden, to warm up.';

/** What the lanes wrote, or write. */
function Answers() {
  const { asked, writings, status, heldBack } = useThinking((all) => all);
  const modelId = useBench((state) => state.modelId);
  const [first] = writings;
  if (!asked || !first || asked.modelId !== modelId) return null;
  const running = status.state === 'running';
  const task = taskOf(first.generator.model);
  const prompt = promptOf(asked.problem, asked.mode, task).length;
  return (
    <>
      {running && status.doing !== '' && <p role="status">{status.doing}…</p>}
      {status.state === 'failed' && <Fault error={status.error} />}
      <div className={styles['answers']}>
        {writings.map((writing) => (
          <Answer
            key={writing.generator.id}
            writing={writing}
            asked={asked}
            task={task}
            running={running}
          />
        ))}
      </div>
      <h3 className={styles['about']}>Milliseconds per character, as the cache grows</h3>
      <Suspense fallback={null}>
        <ThinkingChart writings={writings} asked={asked} task={task} prompt={prompt} />
      </Suspense>
      <p className={styles['hint']}>
        {WARM} {heldBack && SLOW}
      </p>
    </>
  );
}

/** How often each training is right, as its recipe counted it. */
function trainings(generators: readonly TokenGenerator[]): string {
  const models = [...new Set(generators.map(({ model }) => model))];
  const told = models.flatMap(({ title, variants: [first] }) =>
    first?.accuracy
      ? [
          `${title}: ${percent(first.accuracy.value)} of ${count(first.accuracy.of)} right in ${first.title}`,
        ]
      : [],
  );
  return `With steps, on held-out problems, counted when they were made: ${told.join('; ')}.`;
}

/** A press lets one or two lanes write the answer, character by character, before one's eyes. */
export default function Thinking() {
  useBench((state) => state.models);
  const model = useBench(selectedModel);
  const problem = useStore(problems, (state) => state.input.problem);
  useDevice((state) => state.facts);
  const { status, picked } = useThinking((all) => all);
  const taken = useTakenBy();
  const generators = generatorsOf(bench.getState(), device.getState());
  const running = status.state === 'running';
  if (!model) return null;
  return (
    <Card
      title="Watch it think"
      aside={<span className={styles['hint']}>a race measures, this shows</span>}
    >
      <div className={styles['thinking']} data-thinking={status.state}>
        <p className={styles['hint']}>{trainings(generators)}</p>
        <Dials generators={generators} disabled={running} />
        <div className={styles['act']}>
          {running ? (
            <Button variant="default" onClick={stopThinking}>
              Stop thinking
            </Button>
          ) : (
            <Button
              disabled={
                !problem || taken !== null || chosenGenerators(generators, { picked }).length === 0
              }
              onClick={() => void think()}
            >
              {problem ? `Think about ${problem.a} × ${problem.b}` : 'Think'}
            </Button>
          )}
          {!problem && <span className={styles['hint']}>Type a multiplication first.</span>}
          {taken && !running && <span role="status">{taken} This has to wait.</span>}
        </div>
        <Answers />
        <SolveAll model={model} />
      </div>
    </Card>
  );
}
