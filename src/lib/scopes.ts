/**
 * What another program may do with a token of the university's provider. `card:…` for a student, with that student's own
 * token; the others for a system by itself, never a student's act.
 */
export const scopes = [
  'card:read',
  'card:activate',
  'card:manage',
  'card:data',
  'roster:write',
  'exports:read',
] as const
export type Scope = (typeof scopes)[number]
