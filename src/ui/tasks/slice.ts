import type { TaskKind } from '../../core/tasks/kind.ts';
import type { AnyTask } from '../../core/tasks/task.ts';
import type { TaskState } from '../../state/bench/taskState.ts';
import type { LiveViews } from './live.ts';
import type { TaskViews } from './views.ts';

/** A kind of task, composed of what its folder has in each layer. */
export interface TaskSlice<T extends AnyTask, Facts extends object> extends TaskKind<T, Facts> {
  state(): Promise<{ readonly default: TaskState<Facts> }>;
  ui(): Promise<{ readonly default: TaskViews }>;
  readonly live: string | (() => Promise<{ readonly default: LiveViews }>);
}
