const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** "25 November 2026", where the reader is. */
export const dayOf = (iso: string): string => DAY.format(new Date(iso));
