import { type ComponentType, type ReactNode, use } from 'react';
import type { LaneFigures } from '../../core/figures/figures.ts';
import type { Model } from '../../core/models/model.ts';
import type { RaceRecord } from '../../core/race/record.ts';
import { taskKind } from '../../core/tasks/register.ts';
import type { AnyTask } from '../../core/tasks/task.ts';
import type { RaceView } from '../parts/raceView.ts';

/** A column of the table of lanes. */
export interface LaneColumn {
  readonly key: string;
  readonly title: string;
  readonly explains: string;
  /** Shown on a phone without opening the row. */
  readonly always?: boolean;
  readonly cell: (lane: LaneFigures, record: RaceRecord) => ReactNode;
}

/** A column of one kind of task, with the key of the common column that it stands after. */
export interface OwnColumn extends LaneColumn {
  readonly after: string;
}

/** What a person sees of one kind of task. */
export interface TaskViews {
  /** What a model runs on, and how to choose it. */
  readonly Input: ComponentType<{ readonly model: Model }>;
  /** What a person asks first: the answer, above everything else that was found. */
  readonly Answer?: ComponentType<{ readonly view: RaceView }>;
  /** What lanes answered, where that is more than fits into a table. */
  readonly Answers?: ComponentType<{ readonly view: RaceView }>;
  /** What a model can do on the bench besides all modes. */
  readonly Besides?: ComponentType;
  /** A sample, beside an answer to it that changed. */
  readonly Sample?: ComponentType<{
    readonly model: Model;
    readonly index: number;
    readonly label: string;
  }>;
  /** In the table of lanes. */
  readonly columns?: readonly OwnColumn[];
}

const views = new Map<string, Promise<TaskViews>>();

function viewsOf({ kind }: AnyTask): Promise<TaskViews> {
  const known = views.get(kind);
  if (known) return known;
  // What a slice loads as its ui is `TaskViews`: see src/ui/tasks/slice.ts.
  const come = async () =>
    ((await taskKind({ kind }).ui()) as { readonly default: TaskViews }).default;
  const coming = come();
  views.set(kind, coming);
  // Whoever was offline tries again.
  coming.catch(() => views.delete(kind));
  return coming;
}

/** What a person sees of a task; suspends until its code is here. */
export const useTaskViews = (task: AnyTask): TaskViews => use(viewsOf(task));
