import './overview.css'
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { withLabel } from '../lib/both.ts'
import { When } from '../web/moment.tsx'
import { Lead, Notice } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayDate } from '../web/when.ts'
import type { OverviewReply } from './api.ts'
import { ByDay } from './by-day.tsx'
import { FunnelSteps } from './funnel-steps.tsx'
import { Parts } from './parts.tsx'
import type { Dimension } from './rules.ts'
import { StuckList } from './stuck.tsx'
import { words } from './words.ts'

/** The sentence that the screen is about: where it will stand on the deadline. */
function Forecast({ overview }: { overview: OverviewReply }) {
  const w = useWords(words)
  const shell = useShell()
  const { forecast, deadlineOn } = overview
  if (forecast === null) return null
  const { percent, left, recent, days, daysLeft } = forecast
  return (
    <>
      <Lead tone={left === 0 ? 'yes' : daysLeft === 0 ? 'no' : 'wait'}>
        {daysLeft === 0
          ? w.forecastOver(percent, left)
          : w.forecast(percent, sayDate(deadlineOn, shell), left)}
      </Lead>
      {daysLeft > 0 && <p className="dim">{w.speed(recent, days, daysLeft)}</p>}
    </>
  )
}

/** How far the programme is, who is stuck and why. */
export function Overview() {
  const w = useWords(words)
  const { language } = useShell()
  const [per, setPer] = useState<Dimension>('department')
  const [value, setValue] = useState<string | null>(null)
  const part = value === null ? {} : { by: per, value }
  const query = new URLSearchParams(value === null ? { per } : { per, by: per, value })
  const { data: answer, refetch } = useGet<OverviewReply>(`/overview?${query}`)
  // Whatever part is looked at, all of them can be chosen.
  const { data: all } = useGet<OverviewReply>(`/overview?${new URLSearchParams({ per })}`)
  const choices = all?.ok
    ? all.value.parts.flatMap(each =>
        each.value === null ? [] : [{ value: each.value, label: each.name[language] }],
      )
    : []
  return (
    <>
      <h1>{w.title}</h1>
      {!answer && <p className="waits">{w.loading}</p>}
      {answer && !answer.ok && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{answer.message}</p>
          <Button variant="default" onClick={() => void refetch()}>
            {w.retry}
          </Button>
        </Notice>
      )}
      {answer?.ok && (
        <>
          <p className="dim">
            {w.lead(answer.value.title[language], answer.value.edition[language])} {w.asOf}{' '}
            <When at={answer.value.asOf} />
          </p>
          <Forecast overview={answer.value} />
          <Select
            label={withLabel(w.only, w.dimensions[per], language)}
            placeholder={w.everyone}
            data={choices}
            value={value}
            onChange={setValue}
            clearable
            searchable
            clearButtonProps={{ 'aria-label': w.everyone }}
            maw="24rem"
            mb="md"
          />
          <FunnelSteps counts={answer.value.counts} part={part} />
          <ByDay overview={answer.value} />
        </>
      )}
      {all?.ok && (
        <Parts
          overview={all.value}
          per={per}
          onPer={next => {
            setPer(next)
            setValue(null)
          }}
        />
      )}
      <StuckList />
    </>
  )
}
