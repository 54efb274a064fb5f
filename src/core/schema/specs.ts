import * as v from 'valibot';

/** Names, types and shapes of tensors; sizes with a name are open. */
export const Specs = v.array(
  v.object({
    name: v.string(),
    type: v.string(),
    shape: v.array(v.union([v.number(), v.string()])),
  }),
);
