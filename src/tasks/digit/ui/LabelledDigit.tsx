import type { Model } from '../../../core/models/model.ts';
import { labelledDigit } from '../state/digits.ts';
import { DigitPicture } from './DigitPicture.tsx';

interface LabelledDigitProps {
  readonly model: Model;
  readonly index: number;
  readonly label: string;
}

/** One of the labelled digits that come with a model. */
export function LabelledDigit({ model, index, label }: LabelledDigitProps) {
  const pixels = labelledDigit(model, index);
  return pixels && <DigitPicture pixels={pixels} label={label} />;
}
