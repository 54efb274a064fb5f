import { NativeSelect } from '@mantine/core';
import { useStore } from 'zustand';
import { count, short } from '../../../core/format.ts';
import type { Model } from '../../../core/models/model.ts';
import { bench } from '../../../state/bench/bench.ts';
import { pictureInput, pictures } from '../../../state/media/pictures.ts';
import { PictureCanvas } from '../../../ui/media/PictureCanvas.tsx';
import { PictureChoice } from '../../../ui/media/PictureChoice.tsx';
import { useBench, useBusy } from '../../../ui/parts/use.ts';
import { fittedSize } from '../core/prepare.ts';
import { setLongest, spottingAsRun, taskOf } from '../state/state.ts';
import styles from './Spotting.module.css';

/** Offered beside the network's own, in pixels: half the side is a quarter of the work. */
const SIDES = [640, 480, 320] as const;

/** A picture, and at how many pixels the network looks at it. */
export function SpottingInput({ model }: { readonly model: Model }) {
  const task = taskOf(model);
  const { picture } = useStore(pictures, (state) => pictureInput(state, model));
  useBench((state) => state.dimensions);
  const busy = useBusy();
  const asRun = spottingAsRun(model, bench.getState());
  const size = picture && fittedSize(picture, asRun.task);
  return (
    <div className={styles['input']}>
      <PictureChoice
        model={model}
        see={(chosen, title) => (
          <PictureCanvas className={styles['chosen']} picture={chosen} label={title} />
        )}
      />
      <NativeSelect
        size="xs"
        label="Longest side"
        disabled={busy}
        value={asRun.task.longest}
        onChange={({ currentTarget: { value } }) => setLongest(Number(value))}
        data={[task.longest, ...SIDES].map((side) => ({
          value: `${side}`,
          label: `at most ${side} pixels${side === task.longest ? ', as in training' : ''}`,
        }))}
      />
      {size && (
        <p className={styles['hint']} data-run-at={`${size.width} × ${size.height}`}>
          The model runs on {size.width} × {size.height} = {count(size.width * size.height)} pixels
          {asRun.macs !== undefined && `, with ${short(asRun.macs)} multiplications`}.
        </p>
      )}
    </div>
  );
}
