import { laneModeViews } from '../../../ui/bench/modes/laneModeViews.tsx';
import { sustainedReports } from '../core/found.ts';
import { sustained } from '../state/sustained.ts';
import { SustainedFields } from './SustainedFields.tsx';
import { SustainedView } from './SustainedView.tsx';

export const sustainedViews = laneModeViews({
  mode: sustained,
  reports: sustainedReports,
  title: 'One lane, without a pause',
  Fields: SustainedFields,
  Found: SustainedView,
});
