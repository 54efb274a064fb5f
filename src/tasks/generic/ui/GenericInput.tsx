import { NumberInput } from '@mantine/core';
import { type Model, modelOfKind } from '../../../core/models/model.ts';
import { dynamicSizes } from '../../../core/tensors/tensors.ts';
import { setDimension } from '../../../state/bench/choices.ts';
import { useBench } from '../../../ui/parts/use.ts';
import type { GenericTask } from '../core/kind.ts';
import styles from './GenericInput.module.css';

/** A custom model's inputs: random numbers, with sizes for what the model leaves open. */
export function GenericInput({ model }: { readonly model: Model }) {
  const { task } = modelOfKind<Model<GenericTask>>(model, 'generic');
  const typed = useBench((state) => state.dimensions);
  const sizes = Object.entries(dynamicSizes(task.inputs, typed));
  return (
    <div className={styles['input']}>
      <p className={styles['hint']}>
        Inputs are random numbers from seed {task.seed}, the same for every lane: they show speed
        and whether lanes agree, not accuracy.
      </p>
      {sizes.length > 0 && (
        <div className={styles['sizes']}>
          {sizes.map(([name, size]) => (
            <NumberInput
              key={name}
              label={`Size of ${name}`}
              min={1}
              max={65_536}
              allowDecimal={false}
              allowNegative={false}
              value={size}
              onChange={(value) => setDimension(name, typeof value === 'number' ? value : 1)}
            />
          ))}
        </div>
      )}
    </div>
  );
}
