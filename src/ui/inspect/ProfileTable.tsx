import { duration, figure, ratio } from '../../core/format.ts';
import type { Inspection } from '../../core/inspect/inspection.ts';
import {
  absorbedNodes,
  type CostedNode,
  MIN_MS,
  rateOf,
} from '../../core/inspect/profile/executed.ts';
import { providerName } from '../../core/inspect/profile/words.ts';
import type { Ceilings } from '../../core/inspect/roofline/ceilings.ts';
import { leastMs, roofOf } from '../../core/inspect/roofline/roofline.ts';
import { chooseNode } from '../../state/inspect/inspecting.ts';
import { Term } from '../parts/Term.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import styles from './ProfileCard.module.css';

interface ProfileTableProps {
  readonly costed: readonly CostedNode[];
  readonly inspection: Inspection;
  /** Null until the device was measured: then nothing can be predicted. */
  readonly ceilings: Ceilings | null;
}

const ORIGINS: Readonly<Record<CostedNode['origin'], string>> = {
  file: '',
  inserted: 'inserted by the runtime',
  fused: 'several nodes fused into one',
};

function predictedMs({ cost, arithmetic }: CostedNode, ceilings: Ceilings | null): number | null {
  const roof = ceilings && roofOf(ceilings, arithmetic);
  return roof && cost ? leastMs(roof, cost) : null;
}

function Row({ node, ceilings }: { node: CostedNode; ceilings: Ceilings | null }) {
  const { executed, file, origin, arithmetic } = node;
  const predicted = predictedMs(node, ceilings);
  const rate = rateOf(node);
  const timed = executed.ms >= MIN_MS;
  return (
    <tr>
      <th scope="row">
        {file ? (
          <TextButton disabled={false} onClick={() => chooseNode(file.id)}>
            {executed.operator}
          </TextButton>
        ) : (
          <span className={styles['operator']}>{executed.operator}</span>
        )}
        <span className={styles['sub']}>
          {executed.name}
          {file && file.operator !== executed.operator && `, in the file ${file.operator}`}
          {ORIGINS[origin] && `, ${ORIGINS[origin]}`}
        </span>
      </th>
      <td className={styles['wide']}>{providerName(executed.provider)}</td>
      <td>{arithmetic}</td>
      <td>{timed ? figure(executed.ms) : `< ${figure(MIN_MS)}`}</td>
      <td>{predicted === null ? '–' : figure(predicted)}</td>
      <td className={styles['wide']}>
        {predicted && timed ? ratio(executed.ms / predicted) : '–'}
      </td>
      <td className={styles['wide']}>{rate === null || !timed ? '–' : figure(rate)}</td>
    </tr>
  );
}

/** Each node as it ran: predicted against measured. */
export function ProfileTable({ costed, inspection, ceilings }: ProfileTableProps) {
  const absorbed = absorbedNodes(costed, inspection.nodes);
  const folded = absorbed.filter((node) => node.folded).length;
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']} data-profile-nodes>
        <thead>
          <tr>
            <th scope="col">Node as it ran</th>
            <th scope="col" className={styles['wide']}>
              Ran by
            </th>
            <th scope="col">As</th>
            <th scope="col">ms</th>
            <th scope="col">
              <Term explains="The shortest time that this device's measured ceilings allow for the node's operations or its bytes, whichever takes longer. It leaves out the cost of dispatching the node.">
                predicted, ms
              </Term>
            </th>
            <th scope="col" className={styles['wide']}>
              ratio
            </th>
            <th scope="col" className={styles['wide']}>
              10⁹ op/s
            </th>
          </tr>
        </thead>
        <tbody>
          {costed.map((node) => (
            <Row key={node.executed.key} node={node} ceilings={ceilings} />
          ))}
        </tbody>
      </table>
      {absorbed.length > 0 && (
        <p className={styles['note']}>
          {absorbed.length - folded} of the file’s nodes did not run separately, because the runtime
          fused or removed them; {folded} more were computed when it was loaded. Times shorter than{' '}
          {duration(MIN_MS)} are given to one digit.
        </p>
      )}
    </div>
  );
}
