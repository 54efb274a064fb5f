/** How long each mode measures, as an address tells it. */
import type { StoreApi } from 'zustand/vanilla';

export interface ModeLength {
  /** What is chosen: "120", "rounds-30". */
  readonly text: () => string;
  readonly usual: string;
  /** @returns false where no such length can be chosen */
  readonly take: (text: string) => boolean;
  /** @returns stops telling */
  readonly subscribe: (tell: () => void) => () => void;
}

/**
 * The length that stands in a store.
 * @param reads what to set for a text; null where no such length can be chosen
 */
export const lengthIn = <Options>(
  store: StoreApi<Options>,
  says: (options: Options) => string,
  reads: (text: string) => Partial<Options> | null,
): ModeLength => ({
  text: () => says(store.getState()),
  usual: says(store.getInitialState()),
  take: (text) => {
    const options = reads(text);
    if (options) store.setState(options);
    return options !== null;
  },
  subscribe: (tell) => store.subscribe(tell),
});

/** Seconds as an address has them; null where it is no such number. */
export const secondsIn = (text: string): number | null =>
  /^\d{1,4}$/.test(text) ? Number(text) : null;

/** The seconds that stand in a store, as most modes have them. */
export const secondsLength = <Options extends { readonly seconds: number }>(
  store: StoreApi<Options>,
): ModeLength =>
  lengthIn(
    store,
    ({ seconds }) => `${seconds}`,
    (text) => {
      const seconds = secondsIn(text);
      return seconds === null ? null : ({ seconds } as Partial<Options>);
    },
  );

const lengths = new Map<string, ModeLength>();

export function registerLength(kind: string, length: ModeLength): void {
  lengths.set(kind, length);
}

/** null for a mode that goes on until it is stopped. */
export const lengthOf = (kind: string): ModeLength | null => lengths.get(kind) ?? null;

export const allLengths = (): readonly ModeLength[] => [...lengths.values()];
