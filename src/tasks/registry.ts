import type * as v from 'valibot';
import { arithmetic } from './arithmetic/index.ts';
import { digit } from './digit/index.ts';
import { files } from './files/index.ts';
import { generic } from './generic/index.ts';
import { photos } from './photos/index.ts';
import { speech } from './speech/index.ts';
import { spotting } from './spotting/index.ts';

/**
 * All kinds of task, a line each. A file of the user's is of the first kind that recognises it, and
 * `generic` recognises any.
 */
export const TASKS = [digit, photos, speech, files, spotting, arithmetic, generic] as const;

/** What a model's inputs and outputs mean, whatever the kind. */
export type Task = v.InferOutput<(typeof TASKS)[number]['schema']>;
