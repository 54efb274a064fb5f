import type { Picture } from '../../../core/pictures/picture.ts';
import { laneTitle } from '../../../core/race/lane.ts';
import { LaneMark } from '../../../ui/parts/LaneMark.tsx';
import { useLaneLook } from '../../../ui/parts/wrongLanes.tsx';
import { besideAll } from '../core/beside.ts';
import { boxesWords } from '../core/words.ts';
import { BoxPicture } from './BoxPicture.tsx';
import type { Spotter } from './SpottedLane.tsx';
import styles from './Spotting.module.css';

/** Of lines around boxes, in pixels: the last lane's, and what each before it has more. */
const THINNEST = 1.5;
const STEP = 1.5;

interface SpottedTogetherProps {
  /** At least one. */
  readonly records: readonly Spotter[];
  readonly picture: Picture | null;
}

/** All lanes' boxes over each other, each in its lane's colour. */
export function SpottedTogether({ records, picture }: SpottedTogetherProps) {
  const look = useLaneLook();
  const found = records.map(({ boxes }) => boxes);
  const layers = records.map(({ lane, boxes }, i) => {
    const { colour, dash } = look(lane);
    const others = found.filter((other) => other !== boxes);
    // Lines of later lanes are thinner, so that those of earlier ones show beneath them.
    const stroke = THINNEST + (records.length - 1 - i) * STEP;
    return { id: lane.id, colour, dash, stroke, ...besideAll(boxes, others) };
  });
  const [first] = found;
  if (!first) return null;
  return (
    <>
      <BoxPicture
        picture={picture}
        size={first}
        layers={layers}
        heat={null}
        label="Boxes of all lanes"
      />
      {records.map(({ lane, boxes }, i) => {
        const alone = layers[i]?.own.length ?? 0;
        return (
          <p key={lane.id} className={styles['counts']} data-together={lane.id}>
            <LaneMark lane={lane} /> {laneTitle(lane)}: {boxesWords(boxes.boxes.length)}
            {records.length > 1 && alone > 0 && `, ${alone} that no second lane draws`}
          </p>
        );
      })}
    </>
  );
}
