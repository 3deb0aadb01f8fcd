import type { ComponentType } from 'react'
import type { Bilingual } from '../../lib/words.ts'

/** Something that certain staff must be told, whatever screen they are on; it shows nothing while there is nothing. */
export interface StaffNotice {
  roles: readonly string[]
  load: () => Promise<ComponentType>
}

/** One of the staff's screens, as `src/app/staff.tsx` registers it. */
export interface Screen {
  /** Below `/staff`, with its leading slash: `/desk`, `/persons/$number` (TanStack Router's parameters). */
  path: string
  /** Its name on the home screen and in the tab. */
  title: Bilingual
  /** One sentence on what it is for, on the home screen. */
  about: Bilingual
  /** Who is offered it; everybody without. The server decides again on every call. */
  roles?: readonly string[]
  /** Without the head and its ways: it lies in front of somebody who is not of the staff. */
  alone?: boolean
  /** Not on the home screen: reached from another screen. */
  unlisted?: boolean
  /**
   * Brings the screen's code when it is first opened: `async () => (await import('../desk/screen.tsx')).Desk`. Without it
   * the server renders the page, which works without scripts and is opened like any other page.
   */
  load?: () => Promise<ComponentType>
}

/** Screens that belong together, under one heading of the home screen. */
export interface ScreenGroup {
  title: Bilingual
  screens: readonly Screen[]
}
