/** To be imported by tests that read, write or show reports: every mode, with its reports. */
import type { ModeKind } from '../core/modes/mode.ts';
import { loadFoundKinds, registerModes } from '../core/modes/register.ts';

const kinds = import.meta.glob<ModeKind>('./*/core/kind.ts', { eager: true, import: 'kind' });
registerModes(Object.values(kinds));
await loadFoundKinds();
