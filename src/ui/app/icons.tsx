/** Strokes on a square of 20, in the colour of the text beside them. */
const STROKES = {
  dial: 'M3.5 15a7.5 7.5 0 1 1 13 0M10 11.5l3.2-4.6',
  lens: 'M13.5 8.5a5 5 0 1 1-10 0 5 5 0 0 1 10 0M12.2 12.2 17 17',
  press: 'M10 2.5v5M7.5 5.2 10 7.7l2.5-2.5M10 17.5v-5M7.5 14.8l2.5-2.5 2.5 2.5M3.5 10h13',
  sheet: 'M5 2.5h6.5L15 6v11.5H5zM8 9.5h4M8 13h4',
  chip: 'M5.5 5.5h9v9h-9zM8 2.5v3M12 2.5v3M8 14.5v3M12 14.5v3M2.5 8h3M2.5 12h3M14.5 8h3M14.5 12h3',
} as const;

export type Icon = keyof typeof STROKES;

/** Beside a word that says the same, so that readers of screens need not hear it. */
export function PageIcon({ icon }: { readonly icon: Icon }) {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
      <path
        d={STROKES[icon]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
