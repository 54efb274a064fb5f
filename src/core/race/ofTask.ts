import * as v from 'valibot';
import { Fault } from '../errors.ts';
import { taskKind } from '../tasks/register.ts';
import type { RaceFound } from './found.ts';

function readAs(schema: v.GenericSchema<unknown, object>, value: unknown, at: string): object {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = [at, v.getDotPath(issue)].filter((part) => part !== null).join('.');
  throw new Fault('ReportError', `${path}: ${issue.message}.`);
}

/**
 * Reads those parts of a race whose form is the business of its model's kind of task.
 * @throws Fault ReportError naming the first field that is wrong
 */
export function readOfTask({ kind, settings: written, record }: RaceFound): RaceFound {
  const { input, answers } = taskKind(record.model.task);
  const { inputFacts, ...settings } = written;
  const facts = inputFacts && readAs(input.schema, inputFacts, 'found.settings.inputFacts');
  return {
    kind,
    settings: { ...settings, ...(facts && { inputFacts: facts }) },
    record: {
      ...record,
      lanes: record.lanes.map(({ boxes, ...lane }, i) => ({
        ...lane,
        // What no kind counts, no page can show.
        ...(boxes &&
          answers.counted && {
            boxes: readAs(answers.counted.schema, boxes, `found.record.lanes.${i}.boxes`),
          }),
      })),
    },
  };
}
