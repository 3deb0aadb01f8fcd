import type { Bilingual, Language } from '../lib/words.ts'
import type { Here } from './when.ts'

/** Light or dark as the reader chose, or `auto`: as their system says. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Who is signed in, as far as a page shows it. */
export interface Reader {
  name: Bilingual
  /** Roles as the server knows them; a screen that nobody of them may use is not offered. */
  roles: readonly string[]
  /** In which role they act, in words; null for a student. */
  role: Bilingual | null
}

/** A way to another page, in the header. */
export interface Way {
  href: string
  text: Bilingual
}

/** What the programme and the session say about the page's reader; the app computes it for each request. */
export interface Surroundings {
  campusName: Bilingual
  /** The campus's zone by name; UTC while there is no campus. */
  zone: string
  /** Whether a programme is published; before that there is no campus whose time could be told. */
  begun: boolean
  /** The campus's date now, ISO. */
  today: string
  reader: Reader | null
  /** Where help is, on every page at the same place (WCAG 3.2.6). */
  helpHref: string
  /** Other pages worth a link in the header; few. */
  ways: readonly Way[]
  signInHref: string | null
  /** Takes a POST. */
  signOutHref: string | null
  /** Where who has several roles acts in another one; null for everybody else. */
  changeRoleHref: string | null
}

/** Addresses of the built files, from Vite's manifest. */
export interface Assets {
  /**
   * The style of the server-rendered pages: in the page itself, so that a phone on a slow line waits for one answer and
   * not for two; and its hash as the content security policy names it.
   */
  style: { text: string; hash: string }
  /** What keeps "my card" on the phone; served at /service-worker.js, because it may keep only what lies below it. */
  serviceWorker: string
  /** Small scripts by their name. */
  islands: Readonly<Record<string, string>>
  /** The staff's application: its entry, its style sheets, and what to fetch along with it. */
  staff: { script: string; styles: readonly string[]; preloads: readonly string[] }
}

/** Everything around a page's own content. */
export interface Shell extends Surroundings, Here {
  language: Language
  theme: Theme
  /** Path and query of the page, to come back to after a choice of language or theme. */
  path: string
  assets: Assets
  /** What forms and calls of this page say, so that no page of another site can act in its reader's name; null without a session. */
  formToken: string | null
  /** Lets the staff's component library add its style elements under the content security policy. */
  nonce: string | null
}
