import { useComputedColorScheme } from '@mantine/core';
import { Card } from '../../parts/Card.tsx';
import styles from './ExampleCard.module.css';
import dark from './race-dark.webp';
import light from './race-light.webp';

/** What a race leads to, before the first one: a picture that scripts/example.mjs draws from a stored report. */
export default function ExampleCard() {
  const scheme = useComputedColorScheme('light');
  return (
    <div className={styles['example']} data-example>
      <Card title="What you will see: an example">
        <p className={styles['says']}>
          A race of Digits on a machine with 2 cores and no GPU, in Chromium. It says nothing of
          this device: run a race, and your own figures stand here.
        </p>
        <img
          className={styles['picture']}
          src={scheme === 'dark' ? dark : light}
          width={1000}
          height={751}
          loading="lazy"
          alt="A finished race: a sentence that says int8 is 2.00 times as fast as fp32, a table of both lanes with medians, memory, energy and accuracy, and charts of their times."
        />
      </Card>
    </div>
  );
}
