import { useStore } from 'zustand';
import { isGoing } from '../../../state/race/race.ts';
import { type LiveState, live } from '../state/live.ts';

export const useLive = <T>(select: (state: LiveState) => T): T => useStore(live, select);

export const isLive = ({ status }: LiveState): boolean => isGoing(status);
