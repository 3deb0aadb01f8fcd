import { besideEachOther } from '../lib/both.ts'
import './windows.css'
import { Anchor, Group } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { UnwritableNames } from '../access/unwritable-names.tsx'
import { Facts } from '../web/facts.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayCount } from '../web/when.ts'
import { Condition, PlaceOf } from './condition.tsx'
import { ClockPanel } from './controller-clock.tsx'
import { EventsPanel } from './controller-events.tsx'
import { useDoors } from './doors-known.tsx'
import { doorsWords } from './doors-words.ts'
import type { Controllers } from './shapes.ts'

/** How often the page asks how the controller is. */
const everyMs = 10_000

/** One controller: what it is, its clock, what happened at its doors, and which names its files cannot write. */
export function ControllerPage() {
  const w = useWords(doorsWords)
  const { serial = '' } = useParams({ strict: false }) as { serial?: string }
  const list = useGet<Controllers>('/controllers', { everyMs })
  const controller = list.data?.ok ? list.data.value.controllers.find(({ id }) => `${id}` === serial) : null
  return (
    <div className="updates">
      <p>
        <Anchor component={Link} to="/doors" underline="always">
          {w.back}
        </Anchor>
      </p>
      {list.data === undefined && <p role="status">{w.loading}</p>}
      {list.data?.ok === false && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{list.data.message}</p>
        </Notice>
      )}
      {controller === undefined && <EmptyState title={w.unknown(serial)}>{w.unknownNext}</EmptyState>}
      {controller && <One controller={controller} />}
    </div>
  )
}

function One({ controller }: { controller: Controllers['controllers'][number] }) {
  const w = useWords(doorsWords)
  const { language } = useShell()
  const recorded = useDoors().find(({ serial }) => serial === controller.id)
  const { id, building, driver, held, capacity, open } = controller
  const serial = String(id)
  const isFile = driver === 'file'
  const doors = recorded?.doors.map(({ number, name }) => `${number} ${name[language]}`) ?? []
  return (
    <>
      <h1>{w.openOf(building[language], id)}</h1>
      <Panel>
        <Facts
          facts={[
            { name: w.condition, value: <Condition controller={controller} /> },
            { name: w.make, value: w.makes[driver] ?? driver },
            {
              name: isFile ? w.folder : w.address,
              value: <PlaceOf controller={controller} />,
            },
            { name: w.doors, value: besideEachOther(doors, language) || '–' },
            { name: w.held, value: <span className="figures">{w.room(held, capacity)}</span> },
            { name: w.open, value: <span className="figures">{sayCount(open, language)}</span> },
          ]}
        />
        <nav aria-label={w.links}>
          <Group gap="md">
            {(
              [
                ['/controllers', w.toContent],
                ['/history', w.toHistory],
                ['/ask', w.toAsk],
                ...(controller.silentSince === null ? [] : ([['/unreachable', w.toUnreachable]] as const)),
              ] as const
            ).map(([to, text]) => (
              <Anchor key={to} component={Link} to={to} underline="always">
                {text}
              </Anchor>
            ))}
          </Group>
        </nav>
      </Panel>
      <ClockPanel serial={serial} isFile={isFile} />
      {isFile && recorded?.settings && (
        <UnwritableNames serial={serial} encoding={recorded.settings.encoding} />
      )}
      <EventsPanel serial={serial} isFile={isFile} />
    </>
  )
}
