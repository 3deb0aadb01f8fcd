import type { Heading } from '../lib/own-headings.ts'
import { headings, ownHeadings } from '../lib/own-headings.ts'
import type { Bilingual } from '../lib/words.ts'
import { Facts } from '../web/facts.tsx'
import { Page } from '../web/layout.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { correctionWords } from './correction-words.ts'
import type { HowLong } from './how-long.ts'
import { type CorrectionsProps, OwnCorrections } from './own-corrections.tsx'
import type { Said } from './own-said.ts'
import { copiesADay } from './rules.ts'
import { ownWords } from './words.ts'

/** What one table keeps, as its person reads it. */
interface PartShown {
  table: string
  heading: Heading
  says: Bilingual
  /** How many entries there are; `rows` are the newest of them. */
  of: number
  rows: readonly Said[][]
}

export interface OwnPageProps {
  parts: readonly PartShown[]
  /** What there could be, and is not. */
  nothingOf: readonly Bilingual[]
  /** What is not given, by its reason: whole tables, and those of which a part is kept back. */
  notGiven: readonly { why: Bilingual; whole: readonly Bilingual[]; inPart: readonly Bilingual[] }[]
  howLong: readonly HowLong[]
  /** Where questions are answered. */
  askAt: string
  /** Why no copy was made just now. */
  copyRefused: string | null
  corrections: CorrectionsProps
}

function Row({ row }: { row: readonly Said[] }) {
  const w = useWords(ownWords)
  if (row.length === 0) return <p className="dim">{w.nothingToSay}</p>
  return <Facts facts={row.map(({ name, text }) => ({ name, value: text }))} />
}

function PartOf({ part }: { part: PartShown }) {
  const w = useWords(ownWords)
  const { language } = useShell()
  return (
    <details open={part.table === 'person'}>
      <summary>
        {part.says[language]} <small>{w.entries(part.of)}</small>
      </summary>
      {part.rows.map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are written in one go and never reordered
        <Row key={place} row={row} />
      ))}
      {part.of > part.rows.length && <p>{w.newest(part.rows.length, part.of)}</p>}
    </details>
  )
}

/** Names beside each other in a reader's language. */
const useNames = () => {
  const { language } = useShell()
  return (names: readonly Bilingual[]) =>
    names.map(name => name[language]).join(language === 'en' ? ', ' : '、')
}

function NotGiven({ notGiven }: Pick<OwnPageProps, 'notGiven'>) {
  const w = useWords(ownWords)
  const { language } = useShell()
  const between = language === 'en' ? '; ' : '；'
  const named = useNames()
  return (
    <details>
      <summary>{w.keptBack}</summary>
      <ul>
        {notGiven.map(({ why, whole, inPart }) => (
          <li key={why.en}>
            {why[language]}
            <br />
            <small>
              {[
                ...(whole.length > 0 ? [named(whole)] : []),
                ...(inPart.length > 0 ? [w.parts(named(inPart))] : []),
              ].join(between)}
            </small>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Where it comes from and where a mistake is put right, and for how long it is kept. */
function About({ howLong, askAt, corrections }: Pick<OwnPageProps, 'howLong' | 'askAt' | 'corrections'>) {
  const w = useWords(ownWords)
  const named = useNames()
  return (
    <>
      <details id="corrections" open={corrections.asked.length > 0 || corrections.refused !== null}>
        <summary>{w.mistakes}</summary>
        <ul>
          <li>{w.fromRegistrar}</li>
          <li>
            {w.fromYou} <a href="/my-card/photo">{w.photo}</a>
          </li>
          <li>{w.fromOffice(askAt)}</li>
        </ul>
        <OwnCorrections {...corrections} />
      </details>
      <details>
        <summary>{w.howLong}</summary>
        <Facts
          facts={howLong.map(({ length, unit, what }) => ({
            name: w.length(length, unit),
            value: named(what),
          }))}
        />
        <p>{w.noEnd}</p>
      </details>
    </>
  )
}

/** Everything that is kept of its reader: to read, and to take along. */
export function OwnDataPage(props: OwnPageProps) {
  const { parts, nothingOf, notGiven, howLong, askAt, copyRefused, corrections } = props
  const w = useWords(ownWords)
  const c = useWords(correctionWords)
  const { language } = useShell()
  const named = useNames()
  return (
    <Page title={w.title}>
      <h1>{w.title}</h1>
      <p>{w.about}</p>
      {corrections.refused && (
        <Notice tone="no" title={c.notAsked} urgent>
          <p>
            <a href="#wrong">{corrections.refused.why}</a>
          </p>
        </Notice>
      )}
      {copyRefused && (
        <Notice tone="no" urgent>
          <p>{copyRefused}</p>
        </Notice>
      )}
      <p className="actions">
        <a className="button" href="/my-card/data.zip" aria-describedby="take-about">
          {w.take}
        </a>
      </p>
      <p id="take-about">{w.takeAbout(copiesADay)}</p>
      {headings.map(heading => {
        const of = parts.filter(part => part.heading === heading)
        return (
          of.length > 0 && (
            <Panel key={heading} title={ownHeadings[heading][language]}>
              {of.map(part => (
                <PartOf key={part.table} part={part} />
              ))}
            </Panel>
          )
        )
      })}
      {nothingOf.length > 0 && (
        <details>
          <summary>{w.nothingOf(nothingOf.length)}</summary>
          <p>{named(nothingOf)}</p>
        </details>
      )}
      <About howLong={howLong} askAt={askAt} corrections={corrections} />
      <NotGiven notGiven={notGiven} />
      <p className="actions">
        <a className="button quiet" href="/my-card/looks">
          {w.looks}
        </a>
        <a className="button quiet" href="/my-card">
          {w.back}
        </a>
      </p>
    </Page>
  )
}
