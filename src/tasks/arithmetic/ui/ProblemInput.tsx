import { TextInput } from '@mantine/core';
import { useStore } from 'zustand';
import { count } from '../../../core/format.ts';
import type { Model } from '../../../core/models/model.ts';
import styles from '../../../ui/parts/Input.module.css';
import { TextButton } from '../../../ui/parts/TextButton.tsx';
import { useBusy } from '../../../ui/parts/use.ts';
import { timedPast } from '../core/feeds.ts';
import type { ArithmeticTask } from '../core/task.ts';
import { chooseProblem, problems, taskOf, typeProblem } from '../state/state.ts';

/** What one inference of such a model is, which nothing on the page shows by itself. */
const inference = (task: ArithmeticTask): string =>
  `One inference writes one character. A race times the ${timedPast(task) + 1}th character of the written-out work, with the ${timedPast(task)} before it in the model’s cache.`;

/** A multiplication of one's own, or one of the held-out problems. */
export function ProblemInput({ model }: { readonly model: Model }) {
  const task = taskOf(model);
  const { input, heldOut } = useStore(problems);
  const { text, sample, refused } = input;
  const busy = useBusy();
  return (
    <div className={styles['input']}>
      <TextInput
        size="sm"
        label="Multiplication"
        placeholder="1234 × 5678"
        value={text}
        disabled={busy}
        error={refused}
        onChange={({ currentTarget }) => typeProblem(model, currentTarget.value)}
      />
      <p className={styles['hint']}>
        {sample !== null &&
          `Held-out problem ${sample + 1} of ${count(heldOut.length)}: the model never saw it in training. `}
        <TextButton
          disabled={busy || heldOut.length === 0}
          onClick={() => chooseProblem(sample === null ? 0 : sample + 1)}
        >
          {sample === null ? 'A held-out problem' : 'Another'}
        </TextButton>
      </p>
      <p className={styles['hint']}>{inference(task)}</p>
    </div>
  );
}
