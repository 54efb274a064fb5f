import { useMemo } from 'react';
import type { Picture } from '../../../core/pictures/picture.ts';
import { laneTitle } from '../../../core/race/lane.ts';
import type { LaneRecord } from '../../../core/race/record.ts';
import { LaneHeading } from '../../../ui/parts/LaneHeading.tsx';
import { useLaneLook } from '../../../ui/parts/wrongLanes.tsx';
import { type Beside, besideReference, besideWords } from '../core/beside.ts';
import type { TextFound } from '../core/counter.ts';
import type { TextMap } from '../core/decode.ts';
import { boxesWords, countedWords } from '../core/words.ts';
import { BoxPicture } from './BoxPicture.tsx';
import styles from './Spotting.module.css';

/** Of lines around boxes, in pixels. */
const STROKE = 2;

/** A lane that has answered. */
export type Spotter = LaneRecord & { readonly boxes: TextFound };

function counted({ fidelity, labelled, correct, drawn = 0 }: Spotter, name: string): string | null {
  const { compared, boxes = null } = fidelity;
  const lines = labelled > 0 ? { expected: labelled, matched: correct, found: drawn } : null;
  return countedWords({ compared, boxes, lines }, name);
}

interface SpottedLaneProps {
  readonly record: Spotter;
  /** null where it is gone, and for itself. */
  readonly reference: Spotter | null;
  readonly picture: Picture | null;
  readonly heat: TextMap | null;
}

/** One lane's boxes, held against the reference's. */
export function SpottedLane({ record, reference, picture, heat }: SpottedLaneProps) {
  const { lane, boxes } = record;
  const { colour, dash } = useLaneLook()(lane);
  const theirs = reference?.boxes;
  const beside = useMemo(() => theirs && besideReference(boxes, theirs), [boxes, theirs]);
  const layers = useMemo(() => {
    const all: Beside = beside ?? { shared: boxes.boxes, own: [], missed: [] };
    return [{ id: lane.id, colour, dash, stroke: STROKE, ...all }];
  }, [lane.id, boxes, beside, colour, dash]);
  const name = reference?.lane.variant.title ?? lane.variant.title;
  const says = beside ? besideWords(beside, name) : `Draws ${boxesWords(boxes.boxes.length)}.`;
  const counts = counted(record, name);
  return (
    <section className={styles['lane']} data-answers={lane.id}>
      <LaneHeading lane={lane} title={laneTitle(lane)} />
      <BoxPicture
        picture={picture}
        size={boxes}
        layers={layers}
        heat={heat}
        label={`${laneTitle(lane)}: boxes around lines`}
      />
      <p className={styles['says']} data-boxes={boxes.boxes.length}>
        {says}
      </p>
      {counts && <p className={styles['hint']}>{counts}</p>}
    </section>
  );
}
