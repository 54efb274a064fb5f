import { LiveOptions } from './LiveOptions.tsx';
import { LiveResults } from './LiveResults.tsx';
import { LiveRunPanel } from './LiveRunPanel.tsx';

export const liveViews = { Options: LiveOptions, RunPanel: LiveRunPanel, Results: LiveResults };
