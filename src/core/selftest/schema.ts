import * as v from 'valibot';
import { type CheckId, SELF_TEST_VERSION } from './selftest.ts';

const IDS = ['timer', 'null-race', 'known-cost', 'overhead'] as const satisfies readonly CheckId[];

const finite = v.pipe(v.number(), v.finite());

/** A self-test as it is stored and carried in reports; assignable to `SelfTest`. */
export const SelfTestSchema = v.object({
  version: v.literal(SELF_TEST_VERSION),
  at: v.pipe(v.string(), v.isoTimestamp()),
  checks: v.array(
    v.object({
      id: v.picklist(IDS),
      title: v.string(),
      passed: v.nullable(v.boolean()),
      sentence: v.string(),
      figures: v.array(
        v.object({
          title: v.string(),
          value: finite,
          unit: v.string(),
          interval: v.nullable(v.object({ low: finite, high: finite })),
        }),
      ),
    }),
  ),
});
