import {
  type ButtonProps,
  createTheme,
  type MantineTheme,
  type NumberInputProps,
  type SegmentedControlProps,
  type TooltipProps,
} from '@mantine/core';

/**
 * Sizes and habits; colours are in theme.css, where both colour schemes stand side by side. Without
 * Mantine's `extend`, which would bring each component along with the first page.
 */
export const theme = createTheme({
  cursorType: 'pointer',
  autoContrast: false,
  components: {
    Button: {
      defaultProps: { radius: 11 } satisfies ButtonProps,
      // Mantine's white on the dark scheme's bright accent would be too faint to read.
      vars: (_theme: MantineTheme, { variant = 'filled' }: ButtonProps) => ({
        root: variant === 'filled' ? { '--button-color': 'var(--on-accent)' } : {},
      }),
    },
    // Its steppers are too small to hit; the keys up and down do the same.
    NumberInput: { defaultProps: { size: 'xs', hideControls: true } satisfies NumberInputProps },
    SegmentedControl: {
      defaultProps: { size: 'xs', fullWidth: true } satisfies Partial<SegmentedControlProps>,
    },
    Tooltip: {
      defaultProps: {
        multiline: true,
        maw: 300,
        withArrow: true,
        events: { hover: true, focus: true, touch: true },
        transitionProps: { duration: 0 },
      } satisfies Partial<TooltipProps>,
    },
  },
});
