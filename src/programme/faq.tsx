import { Page } from '../web/layout.tsx'
import { EmptyState } from '../web/panel.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { faqOf } from './notice.ts'
import { words } from './notice-words.ts'
import { Pieces, UnconfirmedNote } from './pieces.tsx'

/** The questions people ask, answered from the programme in force. */
export function FaqPage({ faq }: { faq: ReturnType<typeof faqOf> | null }) {
  const w = useWords(words)
  return (
    <Page title={w.questions} indexed>
      <h1>{w.questions}</h1>
      {faq === null ? (
        <EmptyState title={w.notPublished}>{w.notPublishedNext}</EmptyState>
      ) : (
        faq.questions.map(({ id, question, answer }) => (
          <section key={id} id={id} className="question">
            <h2>{question}</h2>
            <p>
              <Pieces pieces={answer} />
            </p>
          </section>
        ))
      )}
      {faq?.questions.some(each => each.answer.some(piece => piece.unconfirmed)) && <UnconfirmedNote />}
      <p>
        <a href="/">{w.backToNotice}</a>
      </p>
    </Page>
  )
}
