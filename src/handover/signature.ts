import { createHash } from 'node:crypto'
import { spaced } from '../lib/say.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { fillTemplate, templateValues } from '../programme/template.ts'

/** How somebody signed: by drawing, by typing the name, by a button on their own phone, or before a clerk who witnessed it. */
export const signingManners = ['drawn', 'typed', 'confirmed', 'witnessed'] as const
export type SigningManner = (typeof signingManners)[number]

/** On what somebody signed: the desk's own screen (or paper before the clerk), their own phone, the desk's tablet. */
export const signedOn = ['desk', 'phone', 'tablet'] as const
export type SignedOn = (typeof signedOn)[number]

/** What a signature says yes to, word for word, and by whom and when. */
export interface Signed {
  studentNumber: string
  /** The chip of the card that was received, as hexadecimal. */
  chip: string
  text: string
  clerk: string
  at: Temporal.Instant
  manner: SigningManner
  place: SignedOn
  /** The drawing as SVG path data, or the typed name; empty when confirmed by a button or witnessed. */
  picture: string
}

/** Binds a signature to person, card, sentence, clerk, time, manner and place: change one of them and the hash no longer fits. */
export function bindSignature(signed: Signed): Buffer {
  const { studentNumber, chip, text, clerk, at, manner, place, picture } = signed
  const parts = [studentNumber, chip, text, clerk, at.toString(), manner, place, picture]
  return createHash('sha256').update(JSON.stringify(parts)).digest()
}

/** The hash as people compare it: its first sixteen digits, in groups of four. */
export const shortHash = (hash: Buffer): string =>
  hash
    .toString('hex')
    .slice(0, 16)
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1-')

/** What somebody signs who collects for a holder: for whom and what, and that it stays theirs to activate. */
export function proxySignatureText(
  {
    programme,
    edition,
    holder,
    proxy,
  }: {
    programme: Programme
    edition: string
    holder: { nameZh: string; nameEn: string }
    proxy: string
  },
  language: Language,
): string {
  const name = programme.editions.find(each => each.id === edition)?.name[language] ?? edition
  return language === 'zh-TW'
    ? spaced(
        `本人${proxy}受${holder.nameZh}委託，代為領取${name}，將原封交給本人。新卡由${holder.nameZh}自行啟用。`,
      )
    : `I, ${proxy}, have received the ${name} on behalf of ${holder.nameEn} and will hand it to them as it is. Only ${holder.nameEn} activates it.`
}

/** The sentence that is signed on that day, as the programme words it, with its values filled in. */
export function signatureText(programme: Programme, language: Language, on: Temporal.PlainDate): string {
  const filled = fillTemplate(
    programme.pickup.signatureText[language],
    templateValues(programme, language, on),
  )
  // A programme whose texts name a value that does not exist is not published.
  if (!filled.ok) throw new Error(`the signature's sentence names ${filled.facts.name}, which has no value`)
  return filled.text
}

/** What somebody signs who stands at a desk today, in both languages: for themselves, or for whom they collect. */
export function sentenceBoth({
  programme,
  today,
  edition,
  holder,
  proxy,
}: {
  programme: Programme
  today: Temporal.PlainDate
  edition: string
  holder: { nameZh: string; nameEn: string }
  /** The name of who collects for them. */
  proxy: string | null
}): Bilingual {
  const say = (language: Language) =>
    proxy === null
      ? signatureText(programme, language, today)
      : proxySignatureText({ programme, edition, holder, proxy }, language)
  return { 'zh-TW': say('zh-TW'), en: say('en') }
}
