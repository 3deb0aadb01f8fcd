import { sayDay } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { sayBring, sayCounter, sayCounters } from '../programme/template.ts'
import { lastDayOf } from '../proxy/rules.ts'
import type { Act } from '../server/register.ts'
import type { SignedTold } from './say-signed.ts'
import { type Addressee, addressee, type Recipient } from './store.ts'
import type { Letter, Telling } from './tell.ts'

interface ProxyRow extends Addressee {
  authorization: number
  proxyName: string
  proxyEmail: string | null
  proxyLanguage: Language
  goodUntil: Temporal.Instant
  counter: string | null
  edition: string
}

const rowSql = `
  select ${addressee}, a.id as authorization, a.proxy_name as "proxyName", a.proxy_email as "proxyEmail",
         a.language as "proxyLanguage", a.good_until as "goodUntil", c.counter, c.edition
  from proxy_authorization a join person p on p.id = a.person_id join card c on c.id = $2
  where a.id = $1`

async function rowOf(act: Act, authorization: unknown, cardId: number): Promise<ProxyRow | null> {
  const [row] = await act.statement<ProxyRow>('message_proxy', rowSql, [Number(authorization), cardId])
  return row ?? null
}

/** The proxy as the reader of a letter: of no person of the register, and mailed only where an address was given. */
const proxyOf = (row: ProxyRow): Recipient => ({
  ...row,
  personId: null,
  nameZh: row.proxyName,
  nameEn: row.proxyName,
  email: row.proxyEmail,
  language: row.proxyLanguage,
})
const holderFor = (row: ProxyRow): string => (row.proxyLanguage === 'zh-TW' ? row.nameZh : row.nameEn)

/** A letter to the proxy; none where no address was given. */
const toProxy = (row: ProxyRow, told: Letter['told'], authorization?: number): Letter[] =>
  row.proxyEmail === null
    ? []
    : [{ addressee: proxyOf(row), told, ...(authorization === undefined ? {} : { authorization }) }]

const dayIn = (row: ProxyRow, language: Language, { campus }: Programme, now: Temporal.Instant): string =>
  sayDay(lastDayOf(row.goodUntil, campus.zone), language, now.toZonedDateTimeISO(campus.zone).toPlainDate())

const named: Telling = async (act, programme, cardId, { facts }) => {
  const row = await rowOf(act, facts?.authorization, cardId)
  if (row === null) return null
  const { printedNumber, proxyLanguage } = row
  const at = act.now
  const where = row.counter === null ? programme.askAt : [row.counter]
  return [
    {
      addressee: row,
      told: {
        kind: 'proxy-named',
        printedNumber,
        at,
        proxy: row.proxyName,
        lastDay: dayIn(row, row.language, programme, at),
      },
    },
    ...toProxy(
      row,
      {
        kind: 'proxy-invited',
        printedNumber: null,
        at,
        holder: holderFor(row),
        lastDay: dayIn(row, proxyLanguage, programme, at),
        where: sayCounters(programme, where, proxyLanguage),
        bring: sayBring(programme, programme.pickup.proxy.bring, proxyLanguage),
      },
      row.authorization,
    ),
  ]
}

const ended: Telling = async (act, _programme, cardId, { act: noted, facts }) => {
  const row = await rowOf(act, facts?.authorization, cardId)
  if (row === null) return null
  // Who takes it back on the own phone sees so there; what a desk did in their name they are told.
  const atDesk = noted === 'proxy withdrawn' && act.actor.kind !== 'student'
  const { printedNumber, proxyName: proxy } = row
  const toHolder: Letter[] = atDesk
    ? [{ addressee: row, told: { kind: 'proxy-withdrawn', printedNumber, at: act.now, proxy } }]
    : []
  return toHolder.concat(
    toProxy(row, { kind: 'proxy-ended', printedNumber: null, at: act.now, holder: holderFor(row) }),
  )
}

const again: Telling = async (act, programme, cardId, { facts }) => {
  // The card is retired: there is nothing to show the code for.
  if (facts?.cardRetired === true) return []
  const row = await rowOf(act, facts?.authorization, cardId)
  if (row === null) return null
  const lastDay = dayIn(row, row.proxyLanguage, programme, act.now)
  return toProxy(row, {
    kind: 'proxy-again',
    printedNumber: null,
    at: act.now,
    holder: holderFor(row),
    lastDay,
  })
}

/** The receipt of a card that a proxy collected: to the holder, and to the proxy that the code was used. */
export async function collectedByProxy(
  act: Act,
  programme: Programme,
  cardId: number,
  {
    authorization,
    counter,
    signed,
  }: { authorization: unknown; counter: string | null; signed: SignedTold | null },
): Promise<Letter[] | null> {
  const row = await rowOf(act, authorization, cardId)
  if (row === null) return null
  const { language, printedNumber } = row
  const edition = programme.editions.find(each => each.id === row.edition)
  return [
    {
      addressee: row,
      told: {
        kind: 'proxy-collected',
        printedNumber,
        at: act.now,
        proxy: row.proxyName,
        counter: counter === null ? null : sayCounter(programme, counter, language),
        edition: edition?.name[language] ?? row.edition,
        signed,
      },
    },
    ...toProxy(row, { kind: 'proxy-used', printedNumber: null, at: act.now, holder: holderFor(row) }),
  ]
}

/** What is told of a naming: to the holder as a warning, to the proxy with the code; and to the proxy when it has ended. */
export const proxyTellings: readonly (readonly [string, Telling])[] = [
  ['proxy named', named],
  ['proxy withdrawn', ended],
  ['proxy not needed', ended],
  ['proxy needed again', again],
]
