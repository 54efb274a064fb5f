import { expect, it } from 'vitest';
import { genericModel, variant } from '../../../core/race/testing.ts';
import { sustained } from './sustained.ts';

const usual = sustained.options.getState();

it('is offered for as long as set, or says why it cannot run so', () => {
  const model = genericModel(variant('fp32'));
  const fault = (more: Partial<typeof usual>) => sustained.fault({ ...usual, ...more }, model);
  expect(fault({})).toBeNull();
  expect(sustained.says(usual, null)).toBe('Run for 2 minutes');
  expect(fault({ deadlineMs: -1 })).toContain('A deadline cannot be -1 ms');
  const short = { seconds: 3 };
  expect(fault(short)).toContain('cannot last 3 seconds');
  expect(sustained.says({ ...usual, ...short }, fault(short))).toBe('Run without a pause');
});
