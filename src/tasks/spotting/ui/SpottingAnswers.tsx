import { Checkbox, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { LaneRecord } from '../../../core/race/record.ts';
import { Card } from '../../../ui/parts/Card.tsx';
import type { RaceView } from '../../../ui/parts/raceView.ts';
import { readMap, type TextMap } from '../core/decode.ts';
import type { SpottingTask } from '../core/task.ts';
import { racedPicture, taskOf } from '../state/state.ts';
import { SpottedLane, type Spotter } from './SpottedLane.tsx';
import { SpottedTogether } from './SpottedTogether.tsx';
import styles from './Spotting.module.css';

const isSpotter = (lane: LaneRecord): lane is Spotter => lane.boxes !== undefined;

const maps = new WeakMap<object, TextMap | null>();

/** The map that a lane answered, the same object for the same answer; reports keep none. */
function mapOf({ answer }: LaneRecord, { output }: SpottingTask): TextMap | null {
  const found = answer?.find(({ name }) => name === output);
  if (!found) return null;
  const known = maps.get(found);
  if (known !== undefined) return known;
  const map = readMap(found);
  maps.set(found, map);
  return map;
}

/** Where every lane sees text. */
export function SpottingAnswers({ view: { record } }: { readonly view: RaceView }) {
  const task = taskOf(record.model);
  const [together, setTogether] = useState(false);
  const [heat, setHeat] = useState(false);
  const spotters = record.lanes.filter(isSpotter);
  const [first] = spotters;
  if (!first) return null;
  const reference = spotters.find(({ lane }) => lane.reference) ?? null;
  const picture = racedPicture(record.model);
  const hasMaps = spotters.every((one) => mapOf(one, task) !== null);
  const { width, height } = first.boxes;
  return (
    <Card title="Where each lane sees text">
      <div className={styles['tools']}>
        {spotters.length > 1 && (
          <SegmentedControl
            aria-label="Lanes"
            size="xs"
            value={together ? 'together' : 'beside'}
            onChange={(value) => setTogether(value === 'together')}
            data={[
              { value: 'beside', label: 'Beside each other' },
              { value: 'together', label: 'On one picture' },
            ]}
          />
        )}
        {hasMaps && !together && (
          <Checkbox
            size="xs"
            label="Heat map"
            checked={heat}
            onChange={({ currentTarget }) => setHeat(currentTarget.checked)}
          />
        )}
      </div>
      {together ? (
        <SpottedTogether records={spotters} picture={picture} />
      ) : (
        <div className={styles['lanes']}>
          {spotters.map((one) => (
            <SpottedLane
              key={one.lane.id}
              record={one}
              reference={one === reference ? null : reference}
              picture={picture}
              heat={heat ? mapOf(one, task) : null}
            />
          ))}
        </div>
      )}
      <p className={styles['legend']}>
        The model ran on {width} × {height} pixels.{' '}
        {spotters.length > 1 &&
          (together
            ? 'Filled: no second lane draws it. '
            : 'Filled: the reference does not draw it. Dotted red: the reference draws it, this lane does not. ')}
        {heat && !together && 'The pinker a pixel, the more certain the lane is that it is text. '}
        {!picture && 'The picture itself and the heat maps are not stored in reports.'}
      </p>
    </Card>
  );
}
