import { Button, Checkbox, Group, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useAct, useSearch } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { Tone } from '../web/verdict.tsx'
import { sayWhen } from '../web/when.ts'
import { DeclineTask } from './decline-task.tsx'
import type { OpenBody, OpenedReply, TasksReply } from './door-task-routes.ts'
import { doorTaskWords } from './door-task-words.ts'

type Task = TasksReply['tasks'][number]

/** What was last answered here, and how it went. */
interface Told {
  tone: Tone
  text: string
  refused: readonly string[]
}

/** People whose card changed: their doors' owners open each for the new card with one press, several at once, or decline. */
export function DoorTasks() {
  const w = useWords(doorTaskWords)
  const [owner, setOwner] = useState('')
  const [building, setBuilding] = useState('')
  const [told, setTold] = useState<Told | null>(null)
  const only = { ...(owner ? { owner } : {}), ...(building ? { building } : {}) }
  const { data: answer, refetch } = useSearch<TasksReply>('/door-tasks/search', only)
  const waiting = answer?.ok ? answer.value.waiting : []
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Group mb="md" align="flex-end">
        <Choice
          label={w.owner}
          any={w.anyOwner}
          of={waiting.map(each => each.owner)}
          value={owner}
          onChange={setOwner}
        />
        <Choice
          label={w.building}
          any={w.anyBuilding}
          of={waiting.map(each => each.building)}
          value={building}
          onChange={setBuilding}
        />
        {waiting.length > 0 && <ExportList path="/door-tasks" query={building ? { building } : {}} />}
      </Group>
      <div role="status">
        {told && (
          <Notice tone={told.tone}>
            <p>{told.text}</p>
            {told.refused.map(sentence => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Notice>
        )}
      </div>
      {!answer && <p className="waits">{w.loading}</p>}
      {answer && !answer.ok && (
        <Notice tone="no" urgent>
          <p>{answer.message}</p>
          <Button variant="default" onClick={() => void refetch()}>
            {w.retry}
          </Button>
        </Notice>
      )}
      {answer?.ok && answer.value.tasks.length === 0 && (
        <EmptyState title={w.noneTitle}>{w.noneNext}</EmptyState>
      )}
      {answer?.ok && answer.value.tasks.length > 0 && (
        <TaskList tasks={answer.value.tasks} more={answer.value.more} onTold={setTold} />
      )}
    </>
  )
}

function Choice({
  label,
  any,
  of,
  value,
  onChange,
}: {
  label: string
  any: string
  of: readonly { 'zh-TW': string; en: string }[]
  value: string
  onChange: (value: string) => void
}) {
  const { language } = useShell()
  const names = [...new Set([...of.map(each => each[language]), ...(value ? [value] : [])])]
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      data={[{ value: '', label: any }, ...names.map(name => ({ value: name, label: name }))]}
    />
  )
}

function TaskList({
  tasks,
  more,
  onTold,
}: {
  tasks: readonly Task[]
  more: boolean
  onTold: (told: Told) => void
}) {
  const w = useWords(doorTaskWords)
  const shell = useShell()
  const { language } = shell
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set())
  const [declining, setDeclining] = useState<number | null>(null)
  const act = useAct<OpenBody, OpenedReply>('/door-tasks/open', { refresh: ['/door-tasks'] })
  const chosen = tasks.filter(task => picked.has(task.id)).map(task => task.id)
  const pick = (ids: readonly number[], on: boolean) => {
    const now = new Set(picked)
    for (const id of ids) {
      if (on) now.add(id)
      else now.delete(id)
    }
    setPicked(now)
  }
  const open = async (ids: number[]) => {
    const answered = await act.mutateAsync({ tasks: ids })
    if (!answered.ok) {
      onTold({ tone: 'no', text: answered.message, refused: [] })
      return
    }
    const refused = answered.value.tasks.filter(task => !task.done)
    const opened = answered.value.tasks.length - refused.length
    const from = sayWhen(answered.value.window.startsAt, shell)
    onTold({
      tone: refused.length > 0 ? 'warn' : 'yes',
      text: [opened > 0 && w.opened(opened, from), refused.length > 0 && w.notOpened(refused.length)]
        .filter(Boolean)
        .join(' '),
      refused: [...new Set(refused.flatMap(task => task.message ?? []))],
    })
    setPicked(new Set())
  }
  const { pick: pickColumn, student, door, owner, since, asked, answer } = w.columns
  return (
    <>
      <Group mb="sm">
        <Checkbox
          label={w.pickAll}
          checked={chosen.length === tasks.length}
          indeterminate={chosen.length > 0 && chosen.length < tasks.length}
          onChange={event =>
            pick(
              tasks.map(task => task.id),
              event.currentTarget.checked,
            )
          }
        />
        <Button disabled={chosen.length === 0} loading={act.isPending} onClick={() => void open(chosen)}>
          {w.openPicked(chosen.length)}
        </Button>
      </Group>
      <ListTable
        columns={[pickColumn, student, door, owner, since, asked, answer]}
        rows={tasks.map(task => {
          const [name, place] = [task.name[language], task.door[language]]
          return {
            key: task.id,
            cells: [
              <Checkbox
                key="pick"
                aria-label={w.pick(name, place)}
                checked={picked.has(task.id)}
                onChange={event => pick([task.id], event.currentTarget.checked)}
              />,
              <>
                {name}
                <br />
                <small className="figures">
                  {task.studentNumber}
                  {task.printedNumber && ` · ${w.card(task.printedNumber)}`}
                </small>
              </>,
              <>
                {place}
                <br />
                <small>{task.building[language]}</small>
              </>,
              task.owner[language],
              <When key="since" at={task.grantedAt} />,
              <When key="asked" at={task.madeAt} />,
              <Group key="answer" gap="xs">
                <Button
                  size="compact-sm"
                  aria-label={w.answerAbout(w.open, name, place)}
                  disabled={act.isPending}
                  onClick={() => void open([task.id])}
                >
                  {w.open}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={w.answerAbout(w.decline, name, place)}
                  aria-expanded={declining === task.id}
                  onClick={() => setDeclining(declining === task.id ? null : task.id)}
                >
                  {w.decline}
                </Button>
              </Group>,
            ],
            beneath: declining === task.id && (
              <DeclineTask
                id={task.id}
                onBack={() => setDeclining(null)}
                onTold={answered => {
                  onTold({ ...answered, text: answered.text ?? w.declined(name), refused: [] })
                  setDeclining(null)
                }}
              />
            ),
          }
        })}
      />
      {more && <p className="dim">{w.more}</p>}
    </>
  )
}
