import { expect, it } from 'vitest';
import { digitModel, genericModel, spec, variant } from '../../../core/race/testing.ts';
import { batches } from './batches.ts';

const fault = (model: Parameters<typeof batches.fault>[1]) =>
  batches.fault(batches.options.getState(), model);

it('cannot run a model whose batch is fixed, where the model tells of its inputs', () => {
  const of = (...shape: (number | string)[]) => ({
    ...genericModel(variant('fp32')),
    task: { kind: 'generic', seed: 1, inputs: [spec('x', 'float32', ...shape)] } as const,
  });
  expect(fault(of(1, 8))).toContain('The first dimension of its inputs is fixed: x[1,8]');
  expect(fault(of('n', 8))).toBeNull();
  expect(fault(digitModel(variant('fp32')))).toBeNull();
});
