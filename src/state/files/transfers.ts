import { createStore } from 'zustand/vanilla';
import type { Bytes, Milliseconds } from '../../core/units.ts';

/** One file on its way; `total` is null where nobody knows it. */
export interface Transfer {
  readonly loaded: Bytes;
  readonly total: Bytes | null;
  /** At the mean rate so far; null while that says little. */
  readonly leftMs: Milliseconds | null;
}

export interface TransfersState {
  /** Files being fetched, by name. */
  readonly transfers: Readonly<Record<string, Transfer>>;
}

export const transfers = createStore<TransfersState>(() => ({ transfers: {} }));

export function showTransfer(name: string, transfer: Transfer): void {
  transfers.setState((state) => ({ transfers: { ...state.transfers, [name]: transfer } }));
}

export function endTransfer(name: string): void {
  transfers.setState(({ transfers: { [name]: _, ...rest } }) => ({ transfers: rest }));
}
