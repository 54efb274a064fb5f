import * as v from 'valibot';

/** Which picture a race ran on. Nothing of a picture of the user's is in a report, its name neither. */
const PictureFacts = v.variant('kind', [
  v.object({ kind: v.literal('sample'), title: v.string() }),
  v.object({ kind: v.picklist(['own', 'camera']) }),
]);

export type PictureFacts = v.InferOutput<typeof PictureFacts>;

const OWN = 'the user’s own picture';
const CAMERA = 'a picture from the camera';

/** An `InputKind`, for every kind of task that looks at one picture. */
export const pictureInput = {
  schema: PictureFacts,
  words: (facts: PictureFacts): string =>
    facts.kind === 'sample' ? `sample: ${facts.title}` : facts.kind === 'own' ? OWN : CAMERA,
  fromWords: (sentence: string): PictureFacts | null => {
    if (sentence === OWN) return { kind: 'own' };
    if (sentence === CAMERA) return { kind: 'camera' };
    const [, title] = /^sample: (.*)$/.exec(sentence) ?? [];
    return title === undefined ? null : { kind: 'sample', title };
  },
};
