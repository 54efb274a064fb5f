/** Moments as people read them, where the reader is. */
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** "14:02" */
export const timeOf = (iso: string): string => TIME.format(new Date(iso));

/** "25 Nov 2026" */
export const dayOf = (iso: string): string => DAY.format(new Date(iso));

/** "25 Nov 2026, 14:02" */
export const momentOf = (iso: string): string => `${dayOf(iso)}, ${timeOf(iso)}`;
