import { backendTitle } from '../backends/backends.ts';
import type { LaneFigures, MeasuredHere } from '../figures/figures.ts';
import { percent } from '../format.ts';
import { speedWords } from '../stats/speedWords.ts';
import type { Rule } from './verdict.ts';

/** "int8 on WASM" */
export const named = ({ lane }: LaneFigures): string =>
  `${lane.variant.title} on ${backendTitle(lane.backend)}`;

/** " (takes 1.20 times as long as fp32)"; empty where nothing was paired. */
export function againstFp32({ speedup }: LaneFigures): string {
  return speedup ? ` (${speedWords(speedup).claim.join(' ')} fp32)` : '';
}

export const isWrong: Rule = ({ figures }) =>
  figures.flatMap((lane) =>
    lane.correctness.state === 'wrong'
      ? [
          {
            rule: 'wrong',
            lane: lane.lane.id,
            severity: 'wrong' as const,
            sentence: `${named(lane)} is wrong, however fast it is: ${lane.correctness.reason}.`,
            advice:
              lane.lane.backend.kind === 'webgpu'
                ? 'Race the same variant on WASM: if it is right there, the WebGPU kernels are at fault.'
                : 'Compress the model again and look at the error of each layer.',
            remedy: { kind: 'open', path: '/compress', title: 'Open Compress' } as const,
          },
        ]
      : [],
  );

export const randomInside: Rule = ({ figures: [first] }) =>
  first?.correctness.state === 'random'
    ? [
        {
          rule: 'random-inside',
          lane: null,
          severity: 'note',
          sentence: `Only times compare here, not answers: ${first.correctness.reason}.`,
          advice: 'Export the model with its noise as an input to compare answers too.',
          remedy: null,
        },
      ]
    : [];

const found = ({ value, of }: MeasuredHere): number => Math.round(value * of);

/** Points of accuracy lost against the reference from which on it matters. */
const LOSS = 0.005;

export const lessAccurate: Rule = ({ figures }) => {
  const reference = figures.find(({ lane }) => lane.reference)?.accuracy;
  return figures.flatMap((lane) => {
    if (!reference || !lane.accuracy || reference.value - lane.accuracy.value < LOSS) return [];
    return [
      {
        rule: 'less-accurate',
        lane: lane.lane.id,
        severity: 'doubt' as const,
        sentence:
          lane.accuracy.precision === null
            ? `${named(lane)} classifies ${percent(lane.accuracy.value)} of ${lane.accuracy.of} labelled inputs correctly, fp32 ${percent(reference.value)}.`
            : `${named(lane)} finds ${found(lane.accuracy)} of ${lane.accuracy.of} labelled lines, fp32 ${found(reference)}.`,
        advice:
          'Calibrate on more of your own inputs, or leave the most sensitive layers in float.',
        remedy: { kind: 'open', path: '/compress', title: 'Open Compress' } as const,
      },
    ];
  });
};
