import { Button } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { Focused } from '../web/staff/focused.tsx'
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
  const w = useWords(governWords)
  // How many were taken care of here; each is said, where the keyboard goes on.
  const [done, setDone] = useState(0)
  return (
    <>
      <div role="status">
        {done > 0 && (
          <Focused key={done}>
            <Notice tone="yes">
              <p>{w.acknowledged}</p>
            </Notice>
          </Focused>
        )}
      </div>
      {open.length > 0 && (
        <Notice tone="warn" title={w.notices}>
          <ul className="holds">
            {open.map(notice => (
              <One key={notice.id} notice={notice} onDone={mayAnswer ? () => setDone(done + 1) : null} />
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}

function One({
  notice,
  onDone,
}: {
  notice: StaffNotices['notices'][number]
  /** Null for those who may only look. */
  onDone: (() => void) | null
}) {
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
    <li>
      <div>
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
      </div>
      {onDone !== null && (
        <Button
          variant="default"
          loading={act.isPending}
          onClick={() => void act.mutateAsync({}).then(answered => answered.ok && onDone())}
        >
          {w.acknowledge}
        </Button>
      )}
    </li>
  )
}
