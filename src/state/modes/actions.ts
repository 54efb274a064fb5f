/** Starting and stopping whatever mode is chosen; its code comes with the first start. */
import { modeKind } from '../../core/modes/register.ts';
import { modes } from './modes.ts';

export interface ModeActions {
  /** Runs what is chosen on the bench; resolves when it is over, however it ended. */
  readonly start: () => Promise<void>;
  /** Ends it at once; what was measured stays. */
  readonly stop: () => void;
}

const loads = new Map<string, () => Promise<ModeActions>>();

export function registerActions(kind: string, load: () => Promise<ModeActions>): void {
  loads.set(kind, load);
}

async function chosenActions(): Promise<ModeActions> {
  const { kind, title } = modeKind(modes.getState().mode);
  const load = loads.get(kind);
  if (!load) throw new RangeError(`The mode "${title}" cannot be started.`);
  return load();
}

export const startMode = async (): Promise<void> => (await chosenActions()).start();

export const stopMode = async (): Promise<void> => (await chosenActions()).stop();
