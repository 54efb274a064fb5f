import { useStore } from 'zustand';
import { count, percent } from '../../../core/format.ts';
import type { Model } from '../../../core/models/model.ts';
import { Fault } from '../../../ui/parts/Fault.tsx';
import { LaneMark } from '../../../ui/parts/LaneMark.tsx';
import { TextButton } from '../../../ui/parts/TextButton.tsx';
import { useTaken } from '../../../ui/parts/use.ts';
import { SOLVED_AT_ONCE, type Solving, solveAll, solving, stopSolving } from '../state/solving.ts';
import { generatorTitle } from '../state/thinking.ts';
import styles from './Thinking.module.css';

function said({ score: { right, of } }: Solving, whole: number): string {
  if (of === 0) return 'none yet';
  const found = `${count(right)} of ${count(of)} right (${percent(right / of)})`;
  return of < whole ? `${found}, ${count(whole - of)} not tried` : found;
}

/** How often the chosen lanes are right, counted here and now. */
export function SolveAll({ model }: { readonly model: Model }) {
  const { running, modelId, mode, whole, lanes } = useStore(solving);
  const taken = useTaken();
  const howMany = model.samples ? count(model.samples.count) : 'all';
  return (
    <div className={styles['solve']} data-solving={running}>
      <p className={styles['hint']}>
        How often are they right?{' '}
        {running ? (
          <TextButton disabled={false} onClick={stopSolving}>
            Stop counting
          </TextButton>
        ) : (
          <TextButton disabled={taken} onClick={() => void solveAll()}>
            Solve {howMany} held-out problems here
          </TextButton>
        )}
        , {SOLVED_AT_ONCE} at once, always the most likely character.
      </p>
      {modelId === model.id &&
        lanes.map((lane) => (
          <div key={lane.generator.id} data-solved={lane.generator.id}>
            <p>
              <LaneMark lane={lane.generator.lane} /> {generatorTitle(lane.generator, modelId)}:{' '}
              {said(lane, whole)}
              {mode === 'direct' && ', without steps'}
            </p>
            {lane.fault && <Fault error={lane.fault} />}
          </div>
        ))}
    </div>
  );
}
