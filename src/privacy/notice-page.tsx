import { besideEachOther } from '../lib/both.ts'
import { sayAlone } from '../lib/say.ts'
import { Facts } from '../web/facts.tsx'
import { Page } from '../web/layout.tsx'
import { EmptyState, Notice } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { PrivacyNoticed } from './notice-of.ts'
import { privacyWords } from './notice-words.ts'

/** How people's data are used: what the laws that apply ask the university to tell (PDPA art. 8, GDPR art. 13). */
export function PrivacyPage({ notice, since }: { notice: PrivacyNoticed | null; since: string }) {
  const w = useWords(privacyWords)
  const { language } = useShell()
  if (notice === null)
    return (
      <Page title={w.title} indexed>
        <h1>{w.title}</h1>
        <EmptyState title={w.none}>{w.noneNext}</EmptyState>
      </Page>
    )
  return (
    <Page title={w.title} indexed>
      <h1>{w.title}</h1>
      <p>{w.asOf(since, notice.version)}</p>
      <p>
        {w.laws(
          besideEachOther(
            notice.laws.map(law => w.law[law]),
            language,
          ),
        )}
      </p>
      {notice.unconfirmed && <Notice tone="warn" title={w.sample} />}
      {notice.items.map(item => (
        <section key={item.item} id={item.item}>
          <h2>{item.title[language]}</h2>
          <Lines of={item} />
          {item.item === 'categories' && <Categories notice={notice} />}
        </section>
      ))}
    </Page>
  )
}

function Lines({ of: { lines, asked, page } }: { of: PrivacyNoticed['items'][number] }) {
  const w = useWords(privacyWords)
  const { language } = useShell()
  return (
    <>
      {lines.map(line => (
        <p key={line.en}>{sayAlone(line[language])}</p>
      ))}
      {page && (
        <p>
          <a href={page} rel="noreferrer">
            {w.authorityPage}
          </a>
        </p>
      )}
      {asked.length > 0 && (
        <p className="hint">
          {w.asked(
            besideEachOther(
              asked.map(where => where[language]),
              language,
            ),
          )}
        </p>
      )}
    </>
  )
}

function Categories({ notice }: { notice: PrivacyNoticed }) {
  const w = useWords(privacyWords)
  const { language } = useShell()
  return notice.categories.map(({ id, name, comprises, readers, kept }) => (
    <section key={id} id={`data-${id}`}>
      <h3>{name[language]}</h3>
      <p>{sayAlone(comprises[language])}</p>
      <Facts
        facts={[
          {
            name: w.readers,
            value:
              readers.length === 0
                ? w.nobody
                : sayAlone(
                    besideEachOther(
                      readers.map(reader => reader[language]),
                      language,
                    ),
                  ),
          },
          { name: w.kept, value: sayAlone(kept.map(each => each[language]).join(w.between)) },
        ]}
      />
    </section>
  ))
}
