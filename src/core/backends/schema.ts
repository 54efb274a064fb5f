import * as v from 'valibot';
import { reads } from '../schema/reads.ts';
import type { Backend } from './backend.ts';
import { backendKinds, knownKind } from './backends.ts';

const fits = ({ kind, threads, device }: Backend): boolean => {
  const known = knownKind(kind);
  return (
    known !== undefined &&
    known.threaded === (threads !== undefined) &&
    (device === undefined ? known.devices.length === 0 : known.devices.includes(device))
  );
};

/** A backend from storage or from a file: of a known kind, with what belongs to the kind. */
export const BackendSchema = reads<Backend>()(
  v.pipe(
    v.object({
      kind: v.string(),
      threads: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
      device: v.exactOptional(v.string()),
    }),
    v.check(
      fits,
      () =>
        `is no backend known here (${backendKinds()
          .map(({ kind }) => kind)
          .join(', ')})`,
    ),
  ),
);
