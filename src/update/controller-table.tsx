import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ListTable } from '../web/staff/list-table.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayCount } from '../web/when.ts'
import { ClockOf, Condition, PlaceOf } from './condition.tsx'
import { worstFirst } from './condition-rules.ts'
import { doorsWords } from './doors-words.ts'
import type { Controllers } from './shapes.ts'

/** Door controllers at a glance, those that need a look first; each leads to its own page. */
export function ControllerTable({ controllers }: { controllers: Controllers['controllers'] }) {
  const w = useWords(doorsWords)
  const { language } = useShell()
  return (
    <ListTable
      onlyWide={[w.held, w.address]}
      columns={[w.building, w.condition, w.open, w.clock, w.held, w.address]}
      rows={worstFirst(controllers).map(controller => ({
        key: controller.id,
        cells: [
          <Anchor key="page" component={Link} to={`/doors/${controller.id}`} underline="always">
            {w.openOf(controller.building[language], controller.id)}
          </Anchor>,
          <Condition key="condition" controller={controller} />,
          controller.open === 0 ? null : sayCount(controller.open, language),
          <ClockOf key="clock" controller={controller} />,
          w.room(controller.held, controller.capacity),
          <PlaceOf key="place" controller={controller} />,
        ],
      }))}
    />
  )
}
