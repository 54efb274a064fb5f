import type { Disturbance } from '../../core/race/events.ts';

/** Browsers slow a hidden tab down, so nothing measured there counts. */
export interface Visibility {
  /** Resolves at once in a visible tab, else when it comes back. */
  readonly ready: () => Promise<void>;
  /** Says so if the tab was hidden at any moment since the last call. */
  readonly disturbed: () => Disturbance | null;
  readonly end: () => void;
}

export function watchVisibility(onChange: (hidden: boolean) => void): Visibility {
  let hiddenSince = document.hidden;
  let wake: () => void = () => {};
  const listen = () => {
    hiddenSince ||= document.hidden;
    onChange(document.hidden);
    if (!document.hidden) wake();
  };
  document.addEventListener('visibilitychange', listen);
  return {
    ready: () =>
      document.hidden
        ? new Promise((resolve) => {
            wake = resolve;
          })
        : Promise.resolve(),
    disturbed: () => {
      const was = hiddenSince;
      hiddenSince = document.hidden;
      return was ? 'hidden' : null;
    },
    end: () => {
      document.removeEventListener('visibilitychange', listen);
      wake();
    },
  };
}
