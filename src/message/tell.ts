import { shortHash } from '../handover/signature.ts'
import { bothNames } from '../lib/both.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { sayCounter, sayCounters } from '../programme/template.ts'
import type { Act, Noted } from '../server/register.ts'
import type { Reader } from './letter.ts'
import { compose, type Told } from './rules.ts'
import {
  type Addressee,
  keepMessage,
  promiseOf,
  type Receipt,
  type Recipient,
  receiptOf,
  undoneOf,
} from './store.ts'
import { batchTellings } from './tell-batch.ts'
import { correctionProlongedTold, correctionTold } from './tell-correction.ts'
import { extrasTellings } from './tell-extras.ts'
import { lossTellings } from './tell-loss.ts'
import { photoTold } from './tell-photo.ts'
import { collectedByProxy, proxyTellings } from './tell-proxy.ts'
import { refundTellings } from './tell-refund.ts'
import { reissueTellings } from './tell-reissue.ts'
import { statusTold } from './tell-status.ts'

/** A person of the register, or of the staff, as the reader of a message, in their own language. */
export function readerOf(
  person: Pick<Addressee, 'language' | 'nameZh' | 'nameEn'>,
  programme: Programme,
  now: Temporal.Instant,
): Reader {
  const { language } = person
  return {
    language,
    name: bothNames(person)[language],
    campus: programme.campus.name[language],
    zone: programme.campus.zone,
    now,
    askAt: sayCounters(programme, programme.askAt, language),
  }
}

/** A message as it is told, and to whom. */
export interface Letter {
  addressee: Recipient
  told: Told
  /** Of a letter to a proxy that brings the code: whose code is filled in when it is mailed. */
  authorization?: number
}

/** How what was noted of a card is told; null where nothing was kept that could be. */
export type Telling = (
  act: Act,
  programme: Programme,
  cardId: number,
  entry: Noted,
) => Promise<Letter | readonly Letter[] | null>

/** What was signed, with its hash as people compare it. */
const signedOf = ({ signed }: Receipt) =>
  signed && { ...signed, hash: shortHash(Buffer.from(signed.hash, 'hex')) }

const receipt: Telling = async (act, programme, cardId, { facts }) => {
  const row = await receiptOf(act, cardId)
  if (row === null) return null
  const authorization = facts?.authorization
  if (authorization) {
    const { counter } = row
    return collectedByProxy(act, programme, cardId, { authorization, counter, signed: signedOf(row) })
  }
  const edition = programme.editions.find(each => each.id === row.edition)
  return {
    addressee: row,
    told: {
      kind: 'card-handed-over',
      printedNumber: row.printedNumber,
      edition: edition?.name[row.language] ?? row.edition,
      counter: row.counter === null ? null : sayCounter(programme, row.counter, row.language),
      at: row.at,
      clerk: programme.pickup.receiptNamesClerk ? row.clerk[row.language] : null,
      signed: signedOf(row),
      old: row.hasOld ? { until: row.oldUntil, kept: programme.pickup.keepsOldCard } : null,
    },
  }
}

const takenBack: Telling = async (act, programme, cardId, { facts }) => {
  const row = await undoneOf(act, cardId)
  if (row === null) return null
  return {
    addressee: row,
    told: {
      kind: 'handover-undone',
      printedNumber: row.printedNumber,
      at: act.now,
      counter: sayCounter(programme, row.counter, row.language),
      handedOverAt: Temporal.Instant.from(String(facts?.handedOverAt)),
      faulty: facts?.why !== 'faulty' ? null : row.madeForThem ? 'theirs' : 'blank',
    },
  }
}

const promise: Telling = async (act, programme, cardId) => {
  const row = await promiseOf(act, cardId)
  if (row === null) return null
  const staysBehind = programme.doesNotMove.map(({ name, owner }) => ({
    name: name[row.language],
    owner: owner[row.language],
  }))
  return {
    addressee: row,
    told: {
      kind: 'card-activated',
      printedNumber: row.printedNumber,
      at: row.at,
      windowStartsAt: row.atOnce ? null : row.carriedBy,
      oldUntil: row.oldUntil,
      newFrom: row.newFrom,
      staysBehind,
    },
  }
}

/** The acts that a person hears of, and what they hear. Of all others nobody is told. */
const tellings: ReadonlyMap<string, Telling> = new Map<string, Telling>([
  ['card handed over', receipt],
  ['handover undone', takenBack],
  ['card activated', promise],
  ...batchTellings,
  ...lossTellings,
  ...extrasTellings,
  ...reissueTellings,
  ...refundTellings,
  ...proxyTellings,
])

/** The acts that concern a person and no card of theirs, and what they hear; null: nothing. */
const personTellings: ReadonlyMap<
  string,
  (act: Act, programme: Programme, entry: Noted) => Promise<Letter | null>
> = new Map([
  ['person changed', statusTold],
  ['photo accepted', photoTold],
  ['photo declined', photoTold],
  ['correction answered', correctionTold],
  ['correction prolonged', correctionProlongedTold],
])

/**
 * Tells a person what was done: a message in the outbox, in the person's own language and in the act's own
 * transaction, so that nobody hears of what did not happen. Mailing it is a chore of its own.
 */
export async function tellOf(act: Act, entry: Noted): Promise<void> {
  const ofPerson = personTellings.get(entry.act)
  if (ofPerson) {
    const programme = await programmeInForce(act)
    const letter = await ofPerson(act, programme, entry)
    if (letter) await write(act, entry, letter, programme)
    return
  }
  const telling = tellings.get(entry.act)
  if (telling === undefined || !entry.cardId) return
  const programme = await programmeInForce(act)
  const letter = await telling(act, programme, entry.cardId, entry)
  if (letter === null)
    throw new Error(`"${entry.act}" is noted of card ${entry.cardId}, but nothing was kept`)
  for (const each of [letter].flat()) await write(act, entry, each, programme)
}

async function write(
  act: Act,
  entry: Noted,
  { addressee, told, authorization }: Letter,
  programme: Programme,
): Promise<void> {
  const composed = compose(told, readerOf(addressee, programme, act.now))
  await keepMessage(
    act,
    { journalId: entry.journalId, addressee, ...(authorization === undefined ? {} : { authorization }) },
    composed,
  )
}
