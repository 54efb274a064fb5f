import { laneModeViews } from '../../../ui/bench/modes/laneModeViews.tsx';
import { batchReports } from '../core/found.ts';
import { batches } from '../state/batches.ts';
import { BatchFields } from './BatchFields.tsx';
import { BatchView } from './BatchView.tsx';

export const batchViews = laneModeViews({
  mode: batches,
  reports: batchReports,
  title: 'One lane, several inputs at once',
  Fields: BatchFields,
  Found: BatchView,
});
