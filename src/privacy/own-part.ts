import type { Heading } from '../lib/own-headings.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Reason } from './kept-back.ts'

/** What one table keeps of a person: whose rows are theirs, and each of its columns either given or kept back for a reason. */
export interface Part {
  table: string
  heading: Heading
  says: Bilingual
  /** Which rows are theirs, as SQL over `t`: $1 is the person, $2 the campus's zone by name. */
  whose: string
  /** The column by which the newest stand first. */
  newest: string
  /** Columns that are given, with the SQL that reads each; what is made of several columns stands here, too. */
  gives: Readonly<Record<string, string>>
  keepsBack: Readonly<Partial<Record<Reason, readonly string[]>>>
  /** That row-level security shows these rows to others than students: they are read by Gatehouse itself, for $1 alone. */
  acrossWall: boolean
}

interface Told {
  /** Unless said otherwise the rows of which `person_id` is the person. */
  whose?: string
  newest: string
  /** Names of columns that are given as they are. */
  gives: string
  /** Columns that say who did something, as in the journal: given is the role, and not the account. */
  roles?: string
  /** Columns of bytes: given as hexadecimal digits. */
  bytes?: string
  /** What is read otherwise than by its column. */
  made?: Readonly<Record<string, string>>
  keepsBack?: Readonly<Partial<Record<Reason, string>>>
  acrossWall?: boolean
}

const names = (list = ''): string[] => list.split(/\s+/).filter(name => name !== '')

/** The rows of a table that name the person themselves. */
export const mine = 't.person_id = $1'
/** Their cards: those handed over to them, also when that was undone, and those made for them. */
export const myCards = `select card_id from handover where person_id = $1 union select id from card where made_for = $1
  union select card_id from undone_handover where person_id = $1`
/** Their applications for another card. */
export const myReissues = 'select id from reissue where person_id = $1'
/** The building of a controller, in both languages. */
export const building = `(select jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) from controller c where c.id = t.controller_id)`
/** The doors of a controller that stand open in its four flags, by their names in both languages. */
export const doorNames = `(select coalesce(jsonb_agg(jsonb_build_object('zh-TW', d.name_zh, 'en', d.name_en) order by d.number), '[]')
  from door d where d.controller_id = t.controller_id and t.doors[d.number] > 0)`

/** What a table keeps of a person, said in short. */
export function part(
  table: string,
  heading: Heading,
  says: Bilingual,
  { whose = mine, newest, gives, roles, bytes, made = {}, keepsBack = {}, acrossWall = false }: Told,
): Part {
  return {
    table,
    heading,
    says,
    whose,
    newest,
    gives: {
      ...Object.fromEntries(names(gives).map(name => [name, `t.${name}`])),
      ...Object.fromEntries(names(roles).map(name => [name, `split_part(t.${name}, ':', 1)`])),
      ...Object.fromEntries(names(bytes).map(name => [name, `encode(t.${name}, 'hex')`])),
      ...made,
    },
    keepsBack: Object.fromEntries(Object.entries(keepsBack).map(([why, columns]) => [why, names(columns)])),
    acrossWall,
  }
}
