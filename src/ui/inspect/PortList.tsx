import { useState } from 'react';
import type { Inspection, Port } from '../../core/inspect/inspection.ts';
import type { Link } from '../../core/inspect/nodes/links.ts';
import type { Dim } from '../../core/inspect/shapes/dim.ts';
import { dimText } from '../../core/inspect/shapes/dims.ts';
import { typeText } from '../../core/inspect/shapes/types.ts';
import { chooseNode } from '../../state/inspect/inspecting.ts';
import styles from './NodeDetails.module.css';

/** More readers than this are named only when asked for. */
const MAX_JUMPS = 5;

/** More contents than this tell a person nothing. */
const MAX_ITEMS = 8;

const itemText = (item: Dim) =>
  typeof item === 'number' && !Number.isInteger(item)
    ? String(Number(item.toPrecision(3)))
    : dimText(item);

const contents = (items: readonly Dim[]) =>
  `[${items.slice(0, MAX_ITEMS).map(itemText).join(', ')}${items.length > MAX_ITEMS ? ', …' : ''}]`;

function Jump({ node, inspection }: { node: number; inspection: Inspection }) {
  return (
    <button type="button" className={styles['jump']} onClick={() => chooseNode(node)}>
      {inspection.nodes[node]?.operator} {node + 1}
    </button>
  );
}

function Readers({ link, inspection }: { link: Link; inspection: Inspection }) {
  const [all, setAll] = useState(false);
  const { readers, wanted } = link;
  const shown = all ? readers : readers.slice(0, MAX_JUMPS);
  if (readers.length === 0 && !wanted) return <>read by none</>;
  return (
    <>
      {readers.length > 0 && 'read by '}
      {shown.map((node) => (
        <Jump key={node} node={node} inspection={inspection} />
      ))}
      {shown.length < readers.length && (
        <button type="button" className={styles['jump']} onClick={() => setAll(true)}>
          {readers.length - shown.length} more
        </button>
      )}
      {wanted && 'an output of the model'}
    </>
  );
}

function Maker({ link, inspection }: { link: Link; inspection: Inspection }) {
  if (link.maker !== null) {
    return (
      <>
        made by <Jump node={link.maker} inspection={inspection} />
      </>
    );
  }
  if (link.given) return <>an input of the model</>;
  return <>{link.constant ? 'stored in the file' : 'given to the body'}</>;
}

interface PortListProps {
  readonly title: string;
  readonly ports: readonly Port[];
  readonly links: readonly (Link | null)[] | undefined;
  readonly inspection: Inspection;
  /** Outputs: who reads them is told, and not who made them. */
  readonly made?: boolean;
}

/** Tensors of a node, each with its type, short contents and the nodes at its other end. */
export function PortList({ title, ports, links, inspection, made = false }: PortListProps) {
  if (ports.length === 0) return null;
  return (
    <>
      <h4 className={styles['part']}>{title}</h4>
      <ol className={styles['ports']}>
        {ports.map(({ name, type, constant }, i) => {
          const link = links?.[i];
          return (
            <li key={i} className={styles['port']}>
              {name === '' ? (
                <span className={styles['left']}>left out</span>
              ) : (
                <>
                  <span className={styles['tensor']}>{name}</span>
                  <span className={styles['type']}>
                    {type ? typeText(type) : 'type not known'}
                    {type?.items && ` = ${contents(type.items)}`}
                    {constant && <span className={styles['constant']}>constant</span>}
                  </span>
                  {link && (
                    <span className={styles['ends']}>
                      {made ? (
                        <Readers link={link} inspection={inspection} />
                      ) : (
                        <Maker link={link} inspection={inspection} />
                      )}
                    </span>
                  )}
                </>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}
