import { useMantineColorScheme } from '@mantine/core';
import styles from './Header.module.css';

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const TITLE = { auto: 'Auto', light: 'Light', dark: 'Dark' } as const;

/** Light, dark, or as the system says. */
export function SchemeButton() {
  // Else Mantine switches transitions off by a style of its own, which the content policy forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const next = NEXT[colorScheme];
  return (
    <button
      type="button"
      className={styles['icon']}
      onClick={() => setColorScheme(next)}
      aria-label={`Colours: ${TITLE[colorScheme]}. Switch to ${TITLE[next]}.`}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="1.6" />
        {colorScheme === 'auto' && <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />}
        {colorScheme === 'dark' && <circle cx="10" cy="10" r="7" fill="currentColor" />}
      </svg>
      {TITLE[colorScheme]}
    </button>
  );
}
