import type { OneLaneFound } from '../../../core/modes/oneLane.ts';
import { LaneModeOptions } from './LaneModeOptions.tsx';
import { LaneModeResults } from './LaneModeResults.tsx';
import { LaneModeRunPanel } from './LaneModeRunPanel.tsx';
import type { LaneModeParts } from './laneModeParts.ts';
import type { StoredViews } from './views.ts';

/** The views of a mode of one lane, around what it alone shows. */
export const laneModeViews = <Options, F extends OneLaneFound>(
  parts: LaneModeParts<Options, F>,
): StoredViews => ({
  Options: () => <LaneModeOptions {...parts} />,
  RunPanel: () => <LaneModeRunPanel {...parts} />,
  Results: () => <LaneModeResults {...parts} />,
  Stored: ({ report }) => <parts.Found found={report.found as F} over />,
});
