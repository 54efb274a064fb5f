import { NativeSelect } from '@mantine/core';
import { Link } from 'wouter';
import { bytes, count, short } from '../../core/format.ts';
import { type Model, runsOnNoise } from '../../core/models/model.ts';
import { inputSpecs } from '../../core/tasks/specs.ts';
import { chooseModel } from '../../state/bench/choices.ts';
import { selectedModel } from '../../state/bench/selectors.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import { useBench, useBusy, useModes } from '../parts/use.ts';
import { TaskInput } from '../tasks/TaskInput.tsx';
import { FilePick } from './FileDrop.tsx';
import styles from './ModelCard.module.css';

function factsOf({ parameters, macs, variants }: Model): string {
  const [first] = variants;
  const facts = [
    parameters === undefined ? null : `${short(parameters)} parameters`,
    macs === undefined ? null : `${short(macs)} MACs`,
    first ? `${bytes(first.bytes)} in ${first.title}` : null,
  ].filter((fact) => fact !== null);
  return `${facts.join(', ')}.`;
}

/** In characters: a signature of dozens of tensors would push all else out of sight. */
const LONG = 200;

function Sentence({ model }: { model: Model }) {
  const { sentence, task } = model;
  if (sentence.length <= LONG || !runsOnNoise(model)) return sentence;
  return (
    <details className={styles['signature']}>
      <summary>Your file, with {count(inputSpecs(task).length)} inputs: see all</summary>
      {sentence}
    </details>
  );
}

function ModelChooser({ models, model }: { models: readonly Model[]; model: Model }) {
  const busy = useBusy();
  if (models.length < 2) return <h2 className={styles['name']}>{model.title}</h2>;
  return (
    <NativeSelect
      aria-label="Model"
      size="sm"
      value={model.id}
      disabled={busy}
      onChange={(event) => chooseModel(event.currentTarget.value)}
      data={models.map(({ id, title }) => ({ value: id, label: title }))}
    />
  );
}

export function ModelCard() {
  const models = useBench((state) => state.models);
  const model = useBench(selectedModel);
  const catalogue = useBench((state) => state.catalogue);
  // It brings its own.
  const isLive = useModes(({ mode }) => mode === 'live');
  return (
    <Card>
      {catalogue.state === 'failed' && <Fault error={catalogue.error} />}
      {model && (
        <>
          <ModelChooser models={models} model={model} />
          <div className={styles['about']}>
            <Sentence model={model} /> {factsOf(model)}{' '}
            {model.licence && <Link href={`/models/${model.id}`}>About this model</Link>}
          </div>
          {!isLive && <TaskInput model={model} />}
        </>
      )}
      <FilePick />
    </Card>
  );
}
