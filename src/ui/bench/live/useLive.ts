import { useStore } from 'zustand';
import { type LiveState, live } from '../../../state/live/live.ts';
import { isGoing } from '../../../state/race.ts';

export const useLive = <T>(select: (state: LiveState) => T): T => useStore(live, select);

export const isLive = ({ status }: LiveState): boolean => isGoing(status);
