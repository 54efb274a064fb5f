/** Makes all kinds of task known to every test, as src/main.tsx does to the page. */
import { registerTasks } from '../core/tasks/register.ts';
import { TASKS } from './registry.ts';

registerTasks(TASKS);
