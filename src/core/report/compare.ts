/** Two reports beside each other. What may be compared of them is for their mode to say. */
import type { ComparedFound } from '../modes/compared.ts';
import { foundKind, reportNoun } from '../modes/register.ts';
import { conditionRows } from './conditionRows.ts';
import type { Report } from './report.ts';

/** A condition in both, null where only the other tells it. */
export interface ComparedCondition {
  readonly title: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly same: boolean;
}

export interface ReportComparison extends ComparedFound {
  readonly conditions: readonly ComparedCondition[];
  readonly sameModel: boolean;
}

function compareConditions(a: Report, b: Report): ComparedCondition[] {
  const [own, other] = [a, b].map(
    (each) => new Map(conditionRows(each).map(({ title, value }) => [title, value])),
  ) as [Map<string, string>, Map<string, string>];
  return [...new Set([...own.keys(), ...other.keys()])].map((title) => {
    const [left = null, right = null] = [own.get(title), other.get(title)];
    return { title, a: left, b: right, same: left === right };
  });
}

const told = (text: string, evidence = ''): ComparedFound => ({
  headline: { sentence: [{ text }], evidence },
  lanes: [],
});

function compareFound(a: Report, b: Report, sameModel: boolean): ComparedFound {
  const { kind } = a.found;
  if (b.found.kind !== kind) {
    return told('These are different kinds of measurement, so only their conditions are compared.');
  }
  const { compare } = foundKind(kind);
  if (!compare) {
    return told(`Figures of two ${reportNoun(kind)}s are not compared; only their conditions are.`);
  }
  if (!sameModel) {
    return told(
      `Two different models, ${a.model.title} and ${b.model.title}: their figures cannot be compared.`,
      'Their conditions still can.',
    );
  }
  return compare(a, b);
}

export function compareReports(a: Report, b: Report): ReportComparison {
  const sameModel = a.model.title === b.model.title;
  return {
    conditions: compareConditions(a, b),
    sameModel,
    ...compareFound(a, b, sameModel),
  };
}
