import type { OneLaneFound } from '../../../core/modes/oneLane.ts';
import { selectedModel } from '../../../state/bench/selectors.ts';
import { isGoing } from '../../../state/race/race.ts';
import page from '../../parts/Page.module.css';
import { useBench } from '../../parts/use.ts';
import { useDrawnRun } from '../../parts/useDrawnRun.ts';
import { SavedLine } from '../SavedLine.tsx';
import type { LaneModeParts } from './laneModeParts.ts';
import { ModeHeadline } from './ModeHeadline.tsx';

/** What the latest run of such a mode found. */
export function LaneModeResults<Options, F extends OneLaneFound>({
  mode: { kind },
  reports,
  Found,
}: LaneModeParts<Options, F>) {
  const run = useDrawnRun(kind);
  const model = useBench(selectedModel);
  const { status } = run;
  const found = run.found as F | null;
  const headline = found && model && reports.headline({ found, model, conditions: null });
  return (
    <div className={page['main']} data-mode-state={status.state}>
      <ModeHeadline
        kind={kind}
        status={status}
        headline={headline}
        died={found?.record.died ?? null}
      />
      <SavedLine kind={kind} />
      {found && <Found found={found} over={!isGoing(status)} />}
    </div>
  );
}
