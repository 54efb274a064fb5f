import { bytes, count, list, percent, short } from '../../core/format.ts';
import { type Inspection, openTensors } from '../../core/inspect/inspection.ts';
import {
  doubts,
  type OperatorShare,
  operatorShares,
  quantizedNote,
  summarySentences,
} from '../../core/inspect/sentence.ts';
import type { Opened } from '../../state/inspect/inspect.ts';
import { learnSizes } from '../../state/inspect/profiling.ts';
import { Card } from '../parts/Card.tsx';
import { Fault } from '../parts/Fault.tsx';
import { MethodLink } from '../parts/MethodLink.tsx';
import { TextButton } from '../parts/TextButton.tsx';
import { useProfiles, useTaken } from '../parts/use.ts';
import styles from './SummaryCard.module.css';

/** More operator types than this are summed up in one line. */
const MAX_ROWS = 8;

function Bar({ share }: { share: number }) {
  return (
    <td className={styles['track']} aria-hidden="true">
      <div className={styles['bar']} style={{ width: `${share * 100}%` }} />
    </td>
  );
}

/** Work by operator type: how many nodes there are, and their part of all arithmetic. */
function Operators({ shares }: { shares: readonly OperatorShare[] }) {
  const total = shares.reduce((sum, { flops }) => sum + flops, 0);
  const most = Math.max(...shares.map(({ flops }) => flops), 1);
  const shown = shares.slice(0, MAX_ROWS);
  const rest = shares.slice(MAX_ROWS);
  return (
    <table className={styles['table']}>
      <caption>Operators: nodes, and share of all operations</caption>
      <tbody>
        {shown.map(({ operator, nodes, flops }) => (
          <tr key={operator}>
            <th scope="row">{operator}</th>
            <td className={styles['number']}>{count(nodes)}</td>
            <Bar share={flops / most} />
            <td className={styles['number']}>{total > 0 ? percent(flops / total) : '–'}</td>
          </tr>
        ))}
        {rest.length > 0 && (
          <tr>
            <th scope="row">{rest.length} more</th>
            <td className={styles['number']}>
              {count(rest.reduce((sum, { nodes }) => sum + nodes, 0))}
            </td>
            <td />
            <td className={styles['number']}>
              {percent(rest.reduce((sum, { flops }) => sum + flops, 0) / Math.max(total, 1))}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function Weights({ weights }: Pick<Inspection, 'weights'>) {
  const most = Math.max(...weights.map((share) => share.bytes), 1);
  return (
    <table className={styles['table']}>
      <caption>Stored values by type</caption>
      <tbody>
        {weights.map((share) => (
          <tr key={share.type}>
            <th scope="row">{share.type}</th>
            <td className={styles['number']}>{short(share.elements)}</td>
            <Bar share={share.bytes / most} />
            <td className={styles['number']}>{bytes(share.bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** @param whole no file that holds its weights is missing */
function facts(
  { file, bytes: size, externalFiles, opsets, irVersion, producer, nodes, cost }: Inspection,
  whole: boolean,
) {
  const sets = opsets.map(([domain, version]) => `${domain || 'opset'} ${version}`);
  const beside =
    externalFiles.length > 3 ? `${count(externalFiles.length)} files` : list(externalFiles);
  const moved = cost.read + cost.written;
  return [
    `${file}${whole && beside ? ` with ${beside}` : ''}, ${bytes(size)}: ${count(nodes.length)} nodes, ${list(sets)}, IR version ${irVersion}${producer ? `, made by ${producer}` : ''}.`,
    `It reads and writes ${bytes(moved)} for ${short(cost.flops)} operations: ${moved > 0 ? short(cost.flops / moved) : '–'} per byte, if nothing stays in a cache. Calculated from shapes, not measured.`,
  ];
}

/** Why totals may be too low, and the way to mend it. */
function Doubts({ inspection }: { inspection: Inspection }) {
  const learning = useProfiles((state) => state.learning);
  const taken = useTaken();
  const lines = doubts(inspection);
  if (lines.length === 0) return null;
  const open = openTensors(inspection).length;
  return (
    <div className={styles['doubt']}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {learning.state === 'failed' && <Fault error={learning.error} />}
      {learning.state === 'running' && <p role="status">{learning.doing}…</p>}
      {open > 0 && learning.state !== 'running' && (
        <TextButton disabled={taken} onClick={() => void learnSizes()}>
          Run it once to learn {open === 1 ? 'its size' : `the sizes of ${count(open)} tensors`}
        </TextButton>
      )}
    </div>
  );
}

function Summary({ inspection, whole }: { inspection: Inspection; whole: boolean }) {
  const [first, ...others] = summarySentences(inspection);
  const note = quantizedNote(inspection);
  const lines = [...others, ...facts(inspection, whole), ...(note ? [note] : [])];
  return (
    <>
      <p className={styles['say']} data-summary>
        {first}
      </p>
      {lines.map((line) => (
        <p key={line} className={styles['more']}>
          {line}
        </p>
      ))}
      <p className={styles['more']}>
        <MethodLink name="inspect" />
      </p>
      <Doubts inspection={inspection} />
      <div className={styles['parts']}>
        <Operators shares={operatorShares(inspection)} />
        {inspection.weights.length > 0 && <Weights weights={inspection.weights} />}
      </div>
    </>
  );
}

/** The answer first: what the model needs, in a sentence. */
export function SummaryCard({ opened }: { opened: Opened }) {
  return (
    <Card>
      {opened.state === 'none' && (
        <p className={styles['more']}>Choose a model, or open one of your own.</p>
      )}
      {opened.state === 'opening' && (
        <p className={styles['more']} role="status">
          Reading {opened.title}…
        </p>
      )}
      {opened.state === 'failed' && <Fault error={opened.error} />}
      {opened.state === 'ready' && (
        <>
          {opened.lacks && <Fault error={opened.lacks} />}
          <Summary inspection={opened.inspection} whole={opened.lacks === null} />
        </>
      )}
    </Card>
  );
}
