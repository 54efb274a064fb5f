import { memo } from 'react';
import type { InspectedNode } from '../../core/inspect/inspection.ts';
import { headlineAttributes } from '../../core/inspect/nodes/headlineAttributes.ts';
import type { Shares } from '../../core/inspect/nodes/measures.ts';
import type { Rail, RailRow } from '../../core/inspect/nodes/rails.ts';
import { calledOf, elementText, shapeText } from '../../core/inspect/nodes/search.ts';
import { precisionOf, precisionOfType } from '../../core/inspect/precision.ts';
import { elementName } from '../../core/onnx/elements.ts';
import styles from './GraphRow.module.css';
import { TONES } from './nodeTone.ts';
import { type RailSize, RailsDrawing } from './RailsDrawing.tsx';
import { ShareBar } from './ShareBar.tsx';

interface GraphRowProps {
  readonly row: RailRow;
  readonly rails: readonly Rail[];
  readonly size: RailSize;
  readonly height: number;
  /** Null for an input or an output of the model. */
  readonly node: InspectedNode | null;
  readonly shares: Shares;
  /** Most memory is needed while it runs. */
  readonly peak: boolean;
  /** Rows before it are left out by a search. */
  readonly gap: boolean;
}

function Shape({ shape, type, tone }: { shape: string; type: string; tone: string }) {
  return (
    <span className={styles['shape']}>
      {shape} <span style={{ color: tone }}>{type}</span>
    </span>
  );
}

function NodeParts({ node, row, shares, peak }: GraphRowProps & { node: InspectedNode }) {
  const tone = TONES[precisionOf(node)];
  const told = headlineAttributes(node);
  return (
    <>
      <span className={styles['what']} style={{ paddingLeft: row.depth * 14 }}>
        {row.opens && <span className={styles['opens']}>{row.opens}</span>}
        <b className={styles['operator']} style={{ color: tone }}>
          {node.operator}
        </b>
        {told.length > 0 && <span className={styles['attributes']}>{told.join(', ')}</span>}
        {peak && (
          <span className={styles['peak']}>
            peak<span className={styles['wide']}> memory</span>
          </span>
        )}
        <span className={styles['name']}>{calledOf(node)}</span>
      </span>
      <Shape shape={shapeText(node) || '–'} type={elementText(node)} tone={tone} />
      <span className={styles['share']}>
        <ShareBar node={node} shares={shares} />
      </span>
    </>
  );
}

function EndParts({ row: { kind, end } }: Pick<GraphRowProps, 'row'>) {
  const type = end?.type ?? null;
  return (
    <>
      <span className={styles['what']}>
        <span className={styles['end']}>{kind}</span>
        <span className={styles['tensor']}>{end?.name}</span>
      </span>
      <Shape
        shape={shapeText({ outputs: [{ name: '', type, constant: false }] })}
        type={type ? elementName(type.elem) : ''}
        tone={TONES[precisionOfType(type)]}
      />
    </>
  );
}

/** A node between its rails: what it is, what it gives out, and its part of the work. */
export const GraphRow = memo(function GraphRow(props: GraphRowProps) {
  const { row, rails, size, height, node, gap } = props;
  const tone = TONES[node ? precisionOf(node) : precisionOfType(row.end?.type ?? null)];
  return (
    <span className={styles['row']} data-gap={gap} data-folded={node?.folded ?? false}>
      <RailsDrawing
        row={row}
        rails={rails}
        size={size}
        height={height}
        tone={tone}
        open={node === null || node.folded}
      />
      {node ? <NodeParts {...props} node={node} /> : <EndParts row={row} />}
    </span>
  );
});
