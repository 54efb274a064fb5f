import { unreachable } from '../../../core/errors.ts';
import { batchFigures, batchHeadline } from '../../../core/load/batchFigures.ts';
import { loadFigures } from '../../../core/load/figures.ts';
import { loadHeadline } from '../../../core/load/words.ts';
import { sustainedFigures } from '../../../core/sustain/figures.ts';
import { sustainedHeadline } from '../../../core/sustain/words.ts';
import type { Kind, ModeRun } from '../../../state/modes.ts';
import page from '../../parts/Page.module.css';
import { SavedLine } from '../SavedLine.tsx';
import BatchView from './BatchView.tsx';
import LoadView from './LoadView.tsx';
import { ModeHeadline } from './ModeHeadline.tsx';
import SustainedView from './SustainedView.tsx';
import { useDrawnRun } from './useDrawnRun.ts';

const isOver = ({ status }: Pick<ModeRun<Kind>, 'status'>) =>
  status.state !== 'running' && status.state !== 'paused';

function SustainedResults() {
  const run = useDrawnRun('sustained');
  const { status, found } = run;
  const over = isOver(run);
  const headline =
    found &&
    sustainedHeadline(
      found.record,
      found.settings,
      sustainedFigures(found.record, found.settings, false),
    );
  return (
    <div className={page['main']} data-mode-state={status.state}>
      <ModeHeadline
        kind="sustained"
        status={status}
        headline={headline}
        died={found?.record.died ?? null}
      />
      <SavedLine />
      {found && <SustainedView settings={found.settings} record={found.record} over={over} />}
    </div>
  );
}

function LoadResults() {
  const { status, found } = useDrawnRun('load');
  const headline = found && loadHeadline(found.record, found.record.points.map(loadFigures));
  return (
    <div className={page['main']} data-mode-state={status.state}>
      <ModeHeadline
        kind="load"
        status={status}
        headline={headline}
        died={found?.record.died ?? null}
      />
      <SavedLine />
      {found && <LoadView record={found.record} />}
    </div>
  );
}

function BatchResults() {
  const { status, found } = useDrawnRun('batches');
  const headline = found && batchHeadline(found.record, batchFigures(found.record));
  return (
    <div className={page['main']} data-mode-state={status.state}>
      <ModeHeadline
        kind="batches"
        status={status}
        headline={headline}
        died={found?.record.died ?? null}
      />
      <SavedLine />
      {found && <BatchView record={found.record} />}
    </div>
  );
}

/** What the latest run of a kind found; comes with the first choice of it. */
export default function ModeResults({ kind }: { kind: Kind }) {
  switch (kind) {
    case 'sustained':
      return <SustainedResults />;
    case 'load':
      return <LoadResults />;
    case 'batches':
      return <BatchResults />;
    default:
      return unreachable(kind);
  }
}
