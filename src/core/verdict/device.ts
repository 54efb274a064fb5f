import { backendKind, backendTitle, processorOf } from '../backends/backends.ts';
import { figure, list } from '../format.ts';
import { named } from './answers.ts';
import type { Rule } from './verdict.ts';

export const notIsolated: Rule = ({ device, figures }) =>
  device.isolated || !figures.some(({ lane }) => lane.backend.kind === 'wasm')
    ? []
    : [
        {
          rule: 'not-isolated',
          lane: null,
          severity: 'slow',
          sentence: `This page is not cross-origin isolated, so WASM runs on one thread of ${device.cores}, and the clock has a resolution of ${figure(device.timerStep * 1000)} µs.`,
          advice:
            'Open it over https or on localhost, served with the headers of dist/_headers or with its service worker allowed.',
          remedy: { kind: 'open', path: '/device', title: 'What this browser is missing' },
        },
      ];

export const softwareAdapter: Rule = ({ device, figures }) =>
  figures.flatMap((lane) =>
    device.softwareGpu && processorOf(lane.lane.backend) === 'gpu'
      ? [
          {
            rule: 'software-adapter',
            lane: lane.lane.id,
            severity: 'doubt' as const,
            sentence: `${named(lane)} ran on a software adapter: the CPU stood in for the GPU, so its time says nothing about any GPU.`,
            advice:
              'Turn on hardware acceleration in the browser’s settings, or use another device.',
            remedy: { kind: 'open', path: '/device', title: 'What this browser has' } as const,
          },
        ]
      : [],
  );

const CPU = 'CPUExecutionProvider';

export const fellBack: Rule = ({ record }) =>
  record.lanes.flatMap(({ lane, opened }) => {
    if (backendKind(lane.backend).build !== 'gpu' || !opened) return [];
    const total = opened.placement.reduce((sum, { nodes }) => sum + nodes, 0);
    const onCpu = opened.placement.find(({ provider }) => provider === CPU);
    if (!onCpu || onCpu.nodes === 0) return [];
    return [
      {
        rule: 'fell-back',
        lane: lane.id,
        severity: 'slow' as const,
        sentence: `${onCpu.nodes} of ${total} nodes of ${lane.variant.title} on ${backendTitle(lane.backend)} ran on the CPU because there is no GPU kernel for them: ${list(onCpu.operators)}. Each switch between GPU and CPU copies tensors.`,
        advice:
          'Race it on WASM, where these operators have kernels; on GPUs, fp16 is the better choice.',
        remedy: { kind: 'race-with', lane: `${lane.variant.id}-wasm` } as const,
      },
    ];
  });
