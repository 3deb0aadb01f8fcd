import { Button } from '@mantine/core'
import { Notice } from '../web/panel.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import type { StaffNotices } from './govern-shapes.ts'
import { governWords } from './govern-words.ts'

const lookAgainMs = 3_000

/** Buildings that a notice names for each cause, those where most is left; the update below has all of them. */
const mostNamed = 6

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
  const [colon, comma] = language === 'en' ? [': ', ', '] : ['：', '、']
  const byMost = notice.left.toSorted((a, b) => b.left - a.left)
  const outcomes = [...Map.groupBy(byMost, ({ outcome }) => outcome)]
  const act = useAct<object, object>(`/staff-notices/${notice.id}/acknowledgement`, {
    refresh: ['/staff-notices'],
  })
  return (
    <Notice tone="warn" title={w.notices}>
      <p>
        {w.notice[notice.kind](
          notice.missed?.windows ?? notice.people,
          sayWhen(notice.startsAt, shell),
          sayWhen(notice.missed?.first ?? notice.startsAt, shell),
        )}
      </p>
      {outcomes.map(([outcome, lefts]) => (
        <p key={outcome}>
          {w.outcome[outcome]}
          {colon}
          {lefts
            .slice(0, mostNamed)
            .map(left => w.left(left.building?.[language] ?? String(left.controllerId), left.left))
            .join(comma)}
          {lefts.length > mostNamed && w.leftElsewhere(lefts.length - mostNamed)}
        </p>
      ))}
      {mayAnswer && (
        <Button variant="default" loading={act.isPending} onClick={() => void act.mutateAsync({})}>
          {w.acknowledge}
        </Button>
      )}
    </Notice>
  )
}
