import { Button, createTheme, NumberInput, SegmentedControl, Tooltip } from '@mantine/core';

/** Sizes and habits; colours are in theme.css, where both colour schemes stand side by side. */
export const theme = createTheme({
  cursorType: 'pointer',
  autoContrast: false,
  components: {
    Button: Button.extend({
      defaultProps: { radius: 11 },
      // Mantine's white on the dark scheme's bright accent would be too faint to read.
      vars: (_theme, { variant = 'filled' }) => ({
        root: variant === 'filled' ? { '--button-color': 'var(--on-accent)' } : {},
      }),
    }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs', fullWidth: true } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        multiline: true,
        maw: 300,
        withArrow: true,
        events: { hover: true, focus: true, touch: true },
        transitionProps: { duration: 0 },
      },
    }),
  },
});
