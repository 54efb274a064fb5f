import { useState } from 'react';
import { duration } from '../../core/format.ts';
import type { CostedNode } from '../../core/inspect/profile/executed.ts';
import type { Profile, ProfileSlice } from '../../core/inspect/profile/profile.ts';
import { chooseNode } from '../../state/inspect/inspecting.ts';
import { ARITHMETIC_COLOURS } from '../parts/arithmeticStyle.ts';
import styles from './ProfileCard.module.css';

/** Blocks narrower than this share of the strip carry no name. */
const NAMED_FROM = 0.06;

/** The measured run whose whole time lies in the middle: the one that the medians describe best. */
function typicalRun({ runs }: Profile): number {
  const byTime = runs.map(({ ms }, i) => ({ ms, i })).sort((a, b) => a.ms - b.ms);
  return byTime[byTime.length >> 1]?.i ?? 0;
}

interface StripProps {
  readonly title: string;
  readonly slices: readonly ProfileSlice[];
  readonly from: number;
  readonly length: number;
  readonly costed: readonly CostedNode[];
}

function Strip({ title, slices, from, length, costed }: StripProps) {
  const [hover, setHover] = useState<ProfileSlice | null>(null);
  const of = hover && costed[hover.node];
  return (
    <>
      <p className={styles['stripTitle']}>
        {of && hover
          ? `${of.executed.operator} ${of.executed.name}: ${duration(hover.ms)}, from ${duration(hover.start - from)} on`
          : title}
      </p>
      <div className={styles['strip']}>
        {slices.map((slice) => {
          const node = costed[slice.node];
          if (!node) return null;
          const share = slice.ms / length;
          return (
            <button
              key={`${slice.node} ${slice.start}`}
              type="button"
              tabIndex={-1}
              className={styles['slice']}
              style={{
                left: `${((slice.start - from) / length) * 100}%`,
                width: `${share * 100}%`,
                background: ARITHMETIC_COLOURS[node.arithmetic],
              }}
              onMouseEnter={() => setHover(slice)}
              onMouseLeave={() => setHover(null)}
              onClick={() => node.file && chooseNode(node.file.id)}
            >
              {share >= NAMED_FROM && node.executed.operator}
            </button>
          );
        })}
      </div>
    </>
  );
}

/** One typical run from its start to its end, block by block. */
export function ProfileTimeline({
  profile,
  costed,
}: {
  profile: Profile;
  costed: readonly CostedNode[];
}) {
  const at = typicalRun(profile);
  const run = profile.runs[at];
  if (!run) return null;
  const own = profile.slices.filter((slice) => slice.run === at);
  const gpu = own.filter(({ clock }) => clock === 'gpu');
  const cpu = own.filter(({ clock }) => clock === 'cpu');
  const length = Math.max(run.ms, ...own.map(({ start, ms }) => start + ms - run.start));
  const shared = { from: run.start, length, costed };
  return (
    <div aria-hidden="true">
      <Strip
        title={
          gpu.length > 0 ? 'CPU: encoding and copies' : 'Point at a block for its node and time'
        }
        slices={cpu}
        {...shared}
      />
      {gpu.length > 0 && <Strip title="GPU, on its own clock" slices={gpu} {...shared} />}
      <p className={styles['ends']}>
        <span>0</span>
        <span>
          {duration(length)}, run {at + 1} of {profile.runs.length}
        </span>
      </p>
    </div>
  );
}
