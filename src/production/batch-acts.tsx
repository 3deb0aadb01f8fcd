import { Button, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Notice, Panel } from '../web/panel.tsx'
import { useAct } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { needlessNames } from './list-words.ts'
import type { BatchPageReply, CancelBody, CancelReply, PlacesBody, PlacesReply } from './production-api.ts'
import { screenWords } from './screen-words.ts'

const refresh = ['/production']

/** Puts cards that came back without a place at counters. */
export function PutAtCounters({ batch }: { batch: BatchPageReply }) {
  const w = useWords(screenWords)
  const { language } = useShell()
  const [counter, setCounter] = useState<string | null>(null)
  const [box, setBox] = useState('')
  const put = useAct<PlacesBody, PlacesReply>(`/production/batches/${batch.id}/places`, { refresh })
  async function submit(event: FormEvent) {
    event.preventDefault()
    await put.mutateAsync({ counter, ...(box.trim() === '' ? {} : { box: box.trim() }) })
  }
  return (
    <Panel title={w.placeTitle(batch.withoutPlace)}>
      <p className="dim">{w.placeNote}</p>
      <form onSubmit={event => void submit(event)}>
        <div className="production-fields">
          <Select
            label={w.counter}
            placeholder={w.each}
            data={batch.counters.map(({ id, name }) => ({ value: id, label: name[language] }))}
            value={counter}
            onChange={setCounter}
            clearable
            clearButtonProps={{ 'aria-label': w.each }}
          />
          <TextInput
            label={w.box}
            value={box}
            maxLength={40}
            onChange={event => setBox(event.currentTarget.value)}
          />
        </div>
        <Button type="submit" loading={put.isPending}>
          {w.putThere}
        </Button>
      </form>
      {put.data && !put.data.ok && (
        <Notice tone="no" title={w.notDone} urgent>
          <p>{put.data.message}</p>
        </Notice>
      )}
    </Panel>
  )
}

/** How many are named above the list, in which each is marked. */
const namedAtOnce = 20

/** Says which cards at the maker's are needed no longer, and why; one key gives them up. */
export function CancelNeedless({ batch }: { batch: BatchPageReply }) {
  const w = useWords(screenWords)
  const { language } = useShell()
  const cancel = useAct<CancelBody, CancelReply>(`/production/batches/${batch.id}/cancellation`, { refresh })
  const answer = cancel.data
  const needless = batch.items.flatMap(item =>
    item.needless === null ? [] : [{ ...item, ended: needlessNames[item.needless][language] }],
  )
  // Who needs a card again some day is on the list again: nobody decides against them.
  const giveUp = () =>
    cancel.mutate({
      items: needless.map(({ id }) => id),
      because: [...new Set(needless.map(({ ended }) => ended))].join(' · '),
      makeAgain: true,
    })
  if (answer?.ok && needless.length === 0)
    return <Notice tone="yes" title={w.cancelDone(answer.value.cancelled)} urgent />
  if (needless.length === 0) return null
  return (
    <Notice tone="warn" title={w.needlessTitle(needless.length)}>
      <ul>
        {needless.slice(0, namedAtOnce).map(item => (
          <li key={item.id}>
            {item.reference} · {item.studentNumber} {item.name[language]} · {item.ended}
          </li>
        ))}
      </ul>
      <p>{w.needlessNext}</p>
      <Button color="red" loading={cancel.isPending} onClick={giveUp}>
        {w.needlessCancel(needless.length)}
      </Button>
      {answer && !answer.ok && <p role="alert">{answer.message}</p>}
    </Notice>
  )
}

/** Gives up cards that did not come back, with why, and whether they are made again. */
export function CancelCards({
  batch,
  chosen,
  onDone,
}: {
  batch: BatchPageReply
  chosen: readonly number[]
  onDone: () => void
}) {
  const w = useWords(screenWords)
  const [because, setBecause] = useState('')
  const [again, setAgain] = useState('yes')
  const cancel = useAct<CancelBody, CancelReply>(`/production/batches/${batch.id}/cancellation`, { refresh })
  const answer = cancel.data
  async function submit(event: FormEvent) {
    event.preventDefault()
    const done = await cancel.mutateAsync({
      items: chosen.length > 0 ? [...chosen] : null,
      because: because.trim(),
      makeAgain: again === 'yes',
    })
    if (!done.ok) return
    setBecause('')
    onDone()
  }
  return (
    <Panel title={w.cancelTitle}>
      <p className="dim">{w.cancelNote}</p>
      <form onSubmit={event => void submit(event)}>
        <Textarea
          label={w.cancelWhy}
          required
          maxLength={200}
          value={because}
          onChange={event => setBecause(event.currentTarget.value)}
        />
        <Radio.Group label={w.cancelAgain} value={again} onChange={setAgain} my="sm">
          <Stack gap="sm" mt="xs">
            <Radio value="yes" label={w.againYes} />
            <Radio value="no" label={w.againNo} />
          </Stack>
        </Radio.Group>
        <Button type="submit" color="red" disabled={because.trim() === ''} loading={cancel.isPending}>
          {w.cancel(chosen.length > 0 ? chosen.length : batch.out)}
        </Button>
      </form>
      {answer && (
        <Notice
          tone={answer.ok ? 'yes' : 'no'}
          title={answer.ok ? w.cancelDone(answer.value.cancelled) : w.notDone}
          urgent
        >
          {!answer.ok && <p>{answer.message}</p>}
        </Notice>
      )}
    </Panel>
  )
}
