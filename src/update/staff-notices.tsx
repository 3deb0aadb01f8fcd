import { Button } from '@mantine/core'
import { Notice } from '../web/panel.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import type { StaffNotices } from './govern-shapes.ts'
import { governWords } from './govern-words.ts'

const lookAgainMs = 3_000

/** What the staff must know of the updates; each stays until somebody takes care of it. */
export function NoticesOfUpdates({ mayAnswer }: { mayAnswer: boolean }) {
  const notices = useGet<StaffNotices>('/staff-notices', { everyMs: lookAgainMs })
  const open = notices.data?.ok ? notices.data.value.notices : []
  return open.map(notice => <One key={notice.id} notice={notice} mayAnswer={mayAnswer} />)
}

function One({ notice, mayAnswer }: { notice: StaffNotices['notices'][number]; mayAnswer: boolean }) {
  const w = useWords(governWords)
  const shell = useShell()
  const { language } = shell
  const act = useAct<object, object>(`/staff-notices/${notice.id}/acknowledgement`, {
    refresh: ['/staff-notices'],
  })
  return (
    <Notice tone="warn" title={w.notices}>
      <p>{w.notice[notice.kind](notice.people, sayWhen(notice.startsAt, shell))}</p>
      {notice.left.length > 0 && (
        <ul>
          {notice.left.map(left => (
            <li key={left.controllerId}>
              {w.left(
                left.building?.[language] ?? String(left.controllerId),
                w.outcome[left.outcome],
                left.left,
              )}
            </li>
          ))}
        </ul>
      )}
      {mayAnswer && (
        <Button variant="default" loading={act.isPending} onClick={() => void act.mutateAsync({})}>
          {w.acknowledge}
        </Button>
      )}
    </Notice>
  )
}
