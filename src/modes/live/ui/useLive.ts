import { useStore } from 'zustand';
import { type ModeRun, runOf } from '../../../state/modes/modes.ts';
import { isGoing } from '../../../state/race/race.ts';
import { useModes } from '../../../ui/parts/use.ts';
import { LIVE, type LiveState, live } from '../state/live.ts';

export const useLive = <T>(select: (state: LiveState) => T): T => useStore(live, select);

export const useLiveRun = (): ModeRun => useModes((state) => runOf(state, LIVE));

/** Whether a session goes on. */
export const useIsLive = (): boolean => isGoing(useLiveRun().status);
