import * as v from 'valibot';
import { storedFigures } from '../../../core/figures/stored.ts';
import { count, figure, list } from '../../../core/format.ts';
import { inputNoun, runsOnNoise } from '../../../core/models/model.ts';
import type { FoundKind, Plain } from '../../../core/modes/found.ts';
import type { Headline } from '../../../core/modes/headline.ts';
import type { RaceFound, RaceSettings } from '../../../core/race/found.ts';
import { readOfTask } from '../../../core/race/ofTask.ts';
import type { Stop } from '../../../core/race/race.ts';
import type { LaneRecord, LaneTurn, RaceRecord } from '../../../core/race/record.ts';
import { FormOfTask, RaceRecordSchema } from '../../../core/race/schema.ts';
import { headlineOf } from '../../../core/report/headline.ts';
import { finite, positive, whole } from '../../../core/schema/numbers.ts';
import { reads } from '../../../core/schema/reads.ts';
import { elementCount } from '../../../core/tensors/tensors.ts';
import { compareRaces } from './compare.ts';
import { raceTable } from './table.ts';

const StopSchema = reads<Stop>()(
  v.variant('kind', [
    v.object({ kind: v.picklist(['seconds', 'enough']), seconds: positive }),
    v.object({ kind: v.literal('rounds'), rounds: v.pipe(whole, v.minValue(1)) }),
    v.object({ kind: v.literal('sweep') }),
  ]),
);

const SettingsSchema = reads<RaceSettings>()(
  v.object({
    stop: StopSchema,
    seed: finite,
    input: v.string(),
    inputFacts: v.exactOptional(FormOfTask),
    dimensions: v.record(v.string(), finite),
  }),
);

/** The model stands once in a report, beside what was found. */
type WrittenRace = Omit<RaceFound, 'record'> & { readonly record: Omit<RaceRecord, 'model'> };

/** Answers of more numbers than this (pictures, sound) are left out: a report is about figures. */
const MAX_ANSWER = 4096;

/** Without the median, which follows from the samples. */
const writtenTurn = ({ median: _, ...turn }: LaneTurn) => turn;

function writtenLane({ answer, turns, ...lane }: LaneRecord): Plain {
  const numbers = answer?.reduce((sum, { dims }) => sum + elementCount(dims), 0) ?? 0;
  return {
    ...lane,
    turns: turns.map(writtenTurn),
    answer: numbers <= MAX_ANSWER ? answer : null,
  };
}

/** How long it was to go on. */
function stopText(stop: Stop): string {
  switch (stop.kind) {
    case 'seconds':
      return `for ${figure(stop.seconds)} s`;
    case 'enough':
      return `until precise, at most ${figure(stop.seconds)} s`;
    case 'rounds':
      return `for ${count(stop.rounds)} rounds`;
    case 'sweep':
      return 'every input once';
    default:
      return stop satisfies never;
  }
}

const HERE = 'On this device ';

/** A headline that is read elsewhere, or later: without "On this device". */
function readElsewhere({ sentence: [first, ...rest], evidence }: Headline): Headline {
  const sentence = first?.text === HERE ? rest : [...(first ? [first] : []), ...rest];
  return { sentence, evidence };
}

export const raceReports: FoundKind<RaceFound, WrittenRace> = {
  schema: v.object({
    kind: v.literal('race'),
    settings: SettingsSchema,
    record: RaceRecordSchema,
  }),
  written: ({ record: { model: _, lanes, ...record }, ...found }) => ({
    ...found,
    record: { ...record, lanes: lanes.map(writtenLane) },
  }),
  restored: ({ record, ...found }, model) => readOfTask({ ...found, record: { ...record, model } }),
  grows: {
    series: ({ record }) =>
      record.lanes.map(({ turns }, i) => ({
        path: `record.lanes.${i}.turns`,
        length: turns.length,
        since: (index) => turns.slice(index).map(writtenTurn),
      })),
    emptied: (found) => {
      const lanes = found.record.lanes.map((lane) => ({ ...lane, turns: [] }));
      return { ...found, record: { ...found.record, lanes } };
    },
  },
  table: raceTable,
  lanes: ({ record }) => record.lanes.map(({ lane }) => lane),
  samples: ({ record }) =>
    record.lanes.reduce(
      (total, { turns }) => total + turns.reduce((sum, { ms }) => sum + ms.length, 0),
      0,
    ),
  rounds: ({ record }) => Math.max(...record.lanes.map(({ turns }) => turns.length)),
  lastAt: ({ record }) => Math.max(0, ...record.lanes.map(({ turns }) => turns.at(-1)?.at ?? 0)),
  headline: ({ found, conditions, model }) => {
    const figures = storedFigures(found.record, conditions);
    const headline = headlineOf(figures, inputNoun(model), runsOnNoise(model));
    return headline && readElsewhere(headline);
  },
  settings: ({ settings: { stop, seed, input, dimensions } }) => {
    const sizes = Object.entries(dimensions).map(([name, size]) => `${name} ${size}`);
    return [
      { title: 'Input', value: input },
      { title: 'Raced', value: stopText(stop) },
      { title: 'Seed', value: String(seed) },
      ...(sizes.length > 0 ? [{ title: 'Sizes', value: list(sizes) }] : []),
    ];
  },
  compare: compareRaces,
};
