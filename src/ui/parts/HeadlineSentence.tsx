import type { Headline } from '../../core/modes/headline.ts';
import styles from './Headline.module.css';
import { useLaneLook } from './wrongLanes.tsx';

/** What was found, the lane in its colour, and below it what a doubter asks first. */
export function HeadlineSentence({ headline }: { readonly headline: Headline }) {
  const look = useLaneLook();
  return (
    <>
      <p className={styles['say']} data-headline>
        {headline.sentence.map(({ text, lane }) =>
          lane ? (
            <em key={text} style={{ color: look(lane).colour }}>
              {text}
            </em>
          ) : (
            <span key={text}>{text}</span>
          ),
        )}
      </p>
      {headline.evidence && <p className={styles['evidence']}>{headline.evidence}</p>}
    </>
  );
}
