/** The lines of the chart: each has its own dashes beside its own colour, so that it is told apart without it. */
export const lines = [
  { step: 'collected', stroke: 'var(--accent)', dash: '' },
  { step: 'activated', stroke: 'var(--yes)', dash: '9 5' },
  { step: 'confirmed', stroke: 'var(--wait)', dash: '2 4' },
] as const
