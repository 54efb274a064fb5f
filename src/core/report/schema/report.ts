import * as v from 'valibot';
import { ConditionsSchema } from '../../conditions/schema.ts';
import { Fault } from '../../errors.ts';
import { ModelSchema } from '../../models/schema.ts';
import { foundKind } from '../../modes/register.ts';
import { ErrorSchema } from '../../race/schema.ts';
import { positive, timestamp } from '../../schema/numbers.ts';
import { reads } from '../../schema/reads.ts';
import { SelfTestSchema } from '../../selftest/schema.ts';
import type { Verdict } from '../../verdict/verdict.ts';
import { migrate } from '../migrate.ts';
import type { Report } from '../report.ts';
import { FoundSchema } from './found.ts';

const VerdictSchema = reads<Verdict>()(
  v.object({
    rule: v.string(),
    lane: v.nullable(v.string()),
    severity: v.picklist(['wrong', 'doubt', 'slow', 'note']),
    sentence: v.string(),
    advice: v.string(),
    remedy: v.nullable(
      v.variant('kind', [
        v.object({ kind: v.literal('race-longer'), seconds: positive }),
        v.object({ kind: v.picklist(['race-with', 'look-inside']), lane: v.string() }),
        v.object({
          kind: v.literal('open'),
          // A route of this page: a file from elsewhere must not bring links to elsewhere.
          path: v.pipe(v.string(), v.regex(/^\/(?!\/)/)),
          title: v.string(),
        }),
      ]),
    ),
  }),
);

const ReportSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits or dashes')),
  startedAt: timestamp,
  endedAt: v.nullable(timestamp),
  status: v.picklist(['running', 'done', 'stopped', 'failed', 'interrupted']),
  error: v.nullable(ErrorSchema),
  conditions: v.nullable(ConditionsSchema),
  model: ModelSchema,
  found: FoundSchema,
  verdicts: v.array(VerdictSchema),
  selfTest: v.nullable(SelfTestSchema),
  note: v.pipe(v.string(), v.maxLength(10_000)),
});

/**
 * Reads a report from anywhere, of any version up to this page's.
 * @throws Fault ReportError naming the first field that is wrong; NewerReportError
 */
export function readReport(json: unknown): Report {
  const parsed = v.safeParse(ReportSchema, migrate(json));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const path = v.getDotPath(issue);
    throw new Fault('ReportError', path ? `${path}: ${issue.message}.` : `${issue.message}.`);
  }
  const { found, ...report } = parsed.output;
  const { model } = report;
  const restored = foundKind(found.kind).restored?.(found, model) ?? found;
  return { ...report, found: restored };
}
