import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

/**
 * The accent from light to dark, as Mantine wants it; shade 8 is `--accent` of tokens.css in the light theme.
 * The order is ten steps; 8 is used in both themes because Mantine's own default fails the contrast of WCAG AA.
 */
export const accent: MantineColorsTuple = [
  '#e8f0fb',
  '#cfdff5',
  '#a9c6ee',
  '#7faae5',
  '#5a90dc',
  '#3d79d0',
  '#2a66c0',
  '#195bb3',
  '#0b4ea2',
  '#083c7d',
]

/** Mantine's greys of the dark theme, from ink to page: the same as in tokens.css. */
const dark: MantineColorsTuple = [
  '#edf0f4',
  '#c9d1db',
  '#a8b2bf',
  '#818c9a',
  '#2d3540',
  '#262d37',
  '#1d232c',
  '#161b22',
  '#0e1217',
  '#0a0d11',
]

/** What is filled with the accent takes its ink from the tokens: Mantine would keep it white in the dark theme too. */
const variantColors: VariantColorsResolver = input => {
  const colors = defaultVariantColorsResolver(input)
  if (input.variant !== 'filled' || (input.color && input.color !== 'accent')) return colors
  return {
    ...colors,
    background: 'var(--accent)',
    hover: 'var(--accent-strong)',
    color: 'var(--on-accent)',
    hoverColor: 'var(--on-accent)',
  }
}

/** Mantine in the look of tokens.css: one accent, the same type, corners and smallest targets. */
export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  variantColorResolver: variantColors,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-figures)',
  headings: { fontFamily: 'var(--font)', fontWeight: '700' },
  defaultRadius: 'md',
  radius: { md: 'var(--radius)', lg: 'var(--radius-large)' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // Named variants, since without one Mantine puts white ink on the accent whatever the theme.
    ActionIcon: { defaultProps: { variant: 'subtle', size: 'xl' } },
    Badge: { defaultProps: { variant: 'light', size: 'lg', tt: 'none' } },
    Button: { defaultProps: { size: 'md' } },
    // One size for all fields, so that those of a row stand on one line.
    ...Object.fromEntries(
      ['TextInput', 'NumberInput', 'Textarea', 'Select', 'NativeSelect', 'MultiSelect'].map(field => [
        field,
        { defaultProps: { size: 'md' } },
      ]),
    ),
    // A table that scrolls sideways can be scrolled with the keyboard.
    TableScrollContainer: { defaultProps: { type: 'native', tabIndex: 0 } },
    Table: { defaultProps: { verticalSpacing: 'xs', highlightOnHover: true } },
  },
})

const fromTokens = {
  '--mantine-color-body': 'var(--page)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--edge)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--no)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-strong)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent)',
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'var(--accent-strong)',
  '--mantine-color-accent-light': 'var(--accent-soft)',
  '--mantine-color-accent-light-color': 'var(--accent)',
  '--mantine-color-accent-outline': 'var(--accent)',
  '--mantine-color-accent-text': 'var(--accent)',
}

/** Gives Mantine's own colour names the values of tokens.css, in the light and the dark theme alike. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: fromTokens,
  dark: fromTokens,
})
