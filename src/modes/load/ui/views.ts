import { laneModeViews } from '../../../ui/bench/modes/laneModeViews.tsx';
import { loadReports } from '../core/found.ts';
import { load } from '../state/load.ts';
import { LoadFields } from './LoadFields.tsx';
import { LoadView } from './LoadView.tsx';

export const loadViews = laneModeViews({
  mode: load,
  reports: loadReports,
  title: 'One lane, under load',
  Fields: LoadFields,
  Found: LoadView,
});
