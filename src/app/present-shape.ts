import type { ExtrasList } from '../extras/list-extras.ts'
import type { FindRefusal } from '../handover/find-present.ts'
import type { Check } from '../handover/present-rules.ts'
import type { MissingCardsProps } from '../loss/missing-cards.tsx'
import type { ProxyStanding } from '../proxy/standing.ts'
import type { RefundStanding } from '../refund/standing.ts'
import type { ReissuePageProps } from '../reissue/reissue.tsx'
import type { MyCard } from './my-card-shape.ts'

/** The parts of the page in which something can be done. */
export const presentParts = ['activation', 'proxy', 'missing', 'reissue', 'refund', 'extras'] as const
export type PresentPart = (typeof presentParts)[number]

/** What was not done, said in the part where it was asked, and at its field where one caused it. */
export interface NotDone {
  part: PresentPart
  text: string
  field: string | null
  /** What was typed, to be corrected; it stands on the page that answers, and in no address or log. */
  typed: Readonly<Record<string, string | undefined>>
}

/** Whom the page is about, and how the clerk checked who it is; null: that was not said yet. */
export interface PersonHere {
  id: number
  name: string
  studentNumber: string
  checked: Check | null
}

/** The page on which a clerk begins, with what was typed. */
export interface FindPresentProps {
  checks: Check[]
  typed: { who: string; checked: string }
  refused: FindRefusal | 'not-checked' | null
}

/** Everything that the page of one person shows. */
export interface PresentProps {
  person: PersonHere
  checks: Check[]
  card: MyCard
  /** What was done at desks today, the newest first. */
  done: { at: string; act: string }[]
  /** Null where nobody is named, and nobody may be. */
  proxy: ProxyStanding | null
  missing: MissingCardsProps
  reissue: Omit<ReissuePageProps, 'error' | 'cameBack'>
  refund: RefundStanding
  extras: ExtrasList
  notDone: NotDone | null
  /** The part in which something was done just now. */
  open: PresentPart | null
}
