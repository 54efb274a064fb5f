import { NumberInput } from '@mantine/core';
import { dimensionName, type TensorSpec } from '../../core/tensors/tensors.ts';
import { setSize } from '../../state/inspect/inspecting.ts';
import { Card } from '../parts/Card.tsx';
import { useInspection } from '../parts/use.ts';
import styles from './SourceCard.module.css';

/** "float32 batch × 3 × 224" */
function specText(spec: TensorSpec): string {
  const dims = spec.shape.map((dim, axis) =>
    typeof dim === 'number' && dim >= 0 ? dim : dimensionName(spec, axis),
  );
  return `${spec.type} ${dims.join(' × ')}`;
}

function Ports({ title, specs }: { title: string; specs: readonly TensorSpec[] }) {
  return (
    <dl className={styles['ports']}>
      <dt>{title}</dt>
      {specs.map((spec) => (
        <dd key={spec.name}>
          <b>{spec.name}</b> {specText(spec)}
        </dd>
      ))}
    </dl>
  );
}

/** What goes in and comes out, with sizes for what the model leaves open. */
export function SizesCard() {
  const subject = useInspection((state) => state.opened.subject);
  if (subject.state !== 'ready') return null;
  const { inputs, outputs, sizes } = subject.inspection;
  return (
    <Card title="Inputs and outputs">
      <Ports title={inputs.length === 1 ? 'Input' : 'Inputs'} specs={inputs} />
      <Ports title={outputs.length === 1 ? 'Output' : 'Outputs'} specs={outputs} />
      <div className={styles['sizes']}>
        {Object.entries(sizes).map(([name, size]) => (
          <NumberInput
            key={name}
            label={`Size of ${name}`}
            min={1}
            max={1_000_000}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            value={size}
            onChange={(value) => void setSize(name, typeof value === 'number' ? value : 1)}
          />
        ))}
      </div>
    </Card>
  );
}
