import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { Focused } from '../web/staff/focused.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { sayWhen } from '../web/when.ts'
import { AdoptionPreview, useAdopting } from './adoption.tsx'
import { DoorsSaid } from './doors-said.tsx'
import type { Adopted, Adoption, SurveyCards, Surveys } from './survey-shapes.ts'
import { surveyWords } from './survey-words.ts'

type Card = SurveyCards['cards'][number]

const tones: Record<Card['standing'], Tone> = {
  ours: 'yes',
  different: 'warn',
  'left-over': 'warn',
  foreign: 'info',
}

/** The cards on one controller that need a look, and for an access keeper the adoption of what stands there. */
export function ControllerCards({
  controller,
  keeps,
  onClose,
}: {
  controller: Surveys['controllers'][number]
  keeps: boolean
  onClose: () => void
}) {
  const w = useWords(surveyWords)
  const { language } = useShell()
  const { controllerId, building } = controller
  const [done, setDone] = useState<Adopted | null>(null)
  const list = useGet<SurveyCards>(`/controllers/${controllerId}/cards`)
  const cards = list.data?.ok ? list.data.value.cards : []
  return (
    <Focused>
      <Panel title={`${w.found}${language === 'en' ? ': ' : '：'}${building[language]}`}>
        {list.data?.ok === false && (
          <Notice tone="no" title={w.refused} urgent>
            <p>{list.data.message}</p>
          </Notice>
        )}
        {list.data?.ok && cards.length === 0 && (
          <EmptyState title={w.nothingFound}>{w.nothingFoundNext}</EmptyState>
        )}
        {cards.length > 0 && (
          <>
            <ExportList path={`/controllers/${controllerId}/cards`} these="cards" />
            <CardTable cards={cards} adopts={keeps ? controllerId : null} onDone={setDone} />
          </>
        )}
        {list.data?.ok && list.data.value.more && <p className="dim">{w.more}</p>}
        {keeps && <AdoptionPreview controllerId={controllerId} done={done} onDone={setDone} />}
        <Group mt="md">
          <Button variant="default" onClick={onClose}>
            {w.close}
          </Button>
        </Group>
      </Panel>
    </Focused>
  )
}

function CardTable({
  cards,
  adopts,
  onDone,
}: {
  cards: readonly Card[]
  /** The controller whose taken numbers may be adopted; null for those who may only look. */
  adopts: number | null
  onDone: (adopted: Adopted) => void
}) {
  const w = useWords(surveyWords)
  const shell = useShell()
  return (
    <ListTable
      columns={[w.number, w.standingTitle, w.doors, w.days]}
      rows={cards.map(card => ({
        key: card.number,
        cells: [
          card.number,
          card.takenAt === null ? (
            <Verdict
              key="standing"
              tone={card.adopted ? 'yes' : tones[card.standing]}
              word={card.adopted ? w.adopted(w.standing[card.standing]) : w.standing[card.standing]}
            />
          ) : (
            <div key="standing">
              <Verdict tone="warn" word={w.takenSince(sayWhen(card.takenAt, shell))} />
              {adopts !== null && <AdoptNumber controllerId={adopts} number={card.number} onDone={onDone} />}
            </div>
          ),
          <span key="doors">
            <DoorsSaid doors={card.doors} />
            {card.withPin && <small className="dim"> {w.pin}</small>}
          </span>,
          w.until(card.from, card.to),
        ],
      }))}
    />
  )
}

/** Resolves a number that was taken: it is adopted, alone, as the preview shows it at this moment. */
function AdoptNumber({
  controllerId,
  number,
  onDone,
}: {
  controllerId: number
  number: number
  onDone: (adopted: Adopted) => void
}) {
  const w = useWords(surveyWords)
  // Only when asked for: a preview names people, and that it was read is written down.
  const preview = useGet<Adoption>(`/controllers/${controllerId}/adoption`, { enabled: false })
  const { adopt, refused, pending } = useAdopting(controllerId, onDone)
  async function adoptIt(): Promise<void> {
    const { data } = await preview.refetch()
    if (data?.ok) await adopt({ seal: data.value.seal, number })
  }
  return (
    <>
      {refused !== null && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{refused}</p>
        </Notice>
      )}
      <div>
        <Button size="compact-sm" variant="default" disabled={pending} onClick={() => void adoptIt()}>
          {w.adoptNumber}
        </Button>
      </div>
    </>
  )
}
