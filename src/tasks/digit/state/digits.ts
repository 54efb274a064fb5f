/** Which digit is chosen, and the digits that come with a model. */
import { createStore } from 'zustand/vanilla';
import type { Model, SamplePack } from '../../../core/models/model.ts';
import { gunzip } from '../../../engine/files/models.ts';
import { fetchFile } from '../../../state/files/downloads.ts';
import { digitAt, type LabelledDigits, unpackDigits } from '../core/digit.ts';

/** What a digit race runs on. */
export type DigitInput =
  | { readonly kind: 'sample'; readonly index: number }
  /** 784 bytes in MNIST's form; null while the pad is empty. */
  | { readonly kind: 'drawn'; readonly image: Uint8Array | null }
  /** The same from the camera; null while it looks for one. */
  | { readonly kind: 'camera'; readonly image: Uint8Array | null }
  /** All labelled images, each once. */
  | { readonly kind: 'sweep' };

export interface DigitsState {
  readonly digit: DigitInput;
  /** A few labelled digits, small enough to come with the choice of the model; null until here. */
  readonly preview: LabelledDigits | null;
}

export const digits = createStore<DigitsState>(() => ({
  digit: { kind: 'sample', index: 0 },
  preview: null,
}));

export const chooseDigit = (digit: DigitInput): void => digits.setState({ digit });

/** The next of the few labelled digits. */
export function nextSample(): void {
  digits.setState(({ digit, preview }) => ({
    digit: {
      kind: 'sample',
      index: digit.kind === 'sample' && preview ? (digit.index + 1) % preview.count : 0,
    },
  }));
}

/** @throws Fault as downloads do, or IntegrityError when the pack's length does not fit */
async function unpacked(pack: SamplePack, signal: AbortSignal): Promise<LabelledDigits> {
  return unpackDigits(await gunzip(await fetchFile(pack, signal)), pack.count);
}

/** All labelled digits of a model, by its id, once somebody asked for them. */
const packs = new Map<string, LabelledDigits>();

/** @throws as `unpacked`; RangeError for a model without any */
export async function labelledDigits(model: Model, signal: AbortSignal): Promise<LabelledDigits> {
  const known = packs.get(model.id);
  if (known) return known;
  if (!model.samples) throw new RangeError(`${model.title} comes without labelled digits.`);
  const pack = await unpacked(model.samples, signal);
  packs.set(model.id, pack);
  return pack;
}

/** One of them, as 784 bytes; null while they are not here. */
export function labelledDigit({ id }: Model, index: number): Uint8Array | null {
  const pack = packs.get(id);
  return pack && index < pack.count ? digitAt(pack, index) : null;
}

/** The few of them, once somebody wants to see such a model. @throws as `unpacked` */
export async function needPreview({ preview: pack }: Model): Promise<void> {
  if (!pack || digits.getState().preview) return;
  digits.setState({ preview: await unpacked(pack, new AbortController().signal) });
}
