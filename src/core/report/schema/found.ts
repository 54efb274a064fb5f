import * as v from 'valibot';
import type { AnyFound } from '../../modes/found.ts';
import { foundKind, isStoredKind } from '../../modes/register.ts';

const KindSchema: v.GenericSchema<unknown, AnyFound> = v.object({
  kind: v.pipe(
    v.string(),
    v.check(isStoredKind, ({ input }) => `this page does not know the measurement "${input}"`),
  ),
});

/** As it stands in a report's document: its kind says which mode's schema reads it. */
export const FoundSchema: v.GenericSchema<unknown, AnyFound> = v.lazy((written) => {
  const known = v.safeParse(KindSchema, written);
  if (!known.success) return KindSchema;
  return foundKind(known.output.kind).schema as v.GenericSchema<unknown, AnyFound>;
});
