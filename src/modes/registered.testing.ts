/** To be imported by tests that read, write or show reports: all modes, with their reports. */
import { loadFoundKinds } from '../core/modes/register.ts';
import { registerAllModes } from './registry.ts';

registerAllModes();
await loadFoundKinds();
