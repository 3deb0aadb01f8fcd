import './production.css'
import { Anchor, Button, Checkbox, Group } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { inBrackets } from '../lib/both.ts'
import { sayAlone } from '../lib/say.ts'
import { When } from '../web/moment.tsx'
import { EmptyState, Lead, Panel } from '../web/panel.tsx'
import { DownloadFile } from '../web/staff/download-file.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { StateNav } from '../web/staff/state-nav.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { CancelCards, CancelNeedless, PutAtCounters } from './batch-acts.tsx'
import { faultNames, itemStateNames, makeReasonNames, needlessNames } from './list-words.ts'
import type { BatchPageReply } from './production-api.ts'
import { screenWords } from './screen-words.ts'

/** One batch at the card maker's: how many are back, the file for the maker, and each of its cards. */
export function ProductionBatch() {
  const w = useWords(screenWords)
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useGet<BatchPageReply>(`/production/batches/${id}`)
  return (
    <>
      <h1>{w.batchOf(Number(id))}</h1>
      <p>
        <Anchor component={Link} to="/production" underline="always">
          {w.allBatches}
        </Anchor>
      </p>
      <Loaded from={found}>{batch => <Batch batch={batch} />}</Loaded>
    </>
  )
}

function Batch({ batch }: { batch: BatchPageReply }) {
  const w = useWords(screenWords)
  const { language } = useShell()
  return (
    <>
      <Lead tone={batch.out === 0 ? 'yes' : 'info'}>
        {batch.out === 0 ? w.closed : w.outOf(batch.out, batch.cards)}
      </Lead>
      <p>
        {batch.edition[language]}
        {batch.maker && ` · ${batch.maker}`} · {w.orderedAt} <When at={batch.orderedAt} />{' '}
        {batch.orderedBy?.[language]} · {w.misprinted}{' '}
        {w.misprints(batch.misprinted, batch.misprintedPercent)}
      </p>
      <CancelNeedless batch={batch} />
      {batch.out > 0 && (
        <Panel title={w.forMaker}>
          <p>{w.downloadNote}</p>
          <p className="dim">
            {w.taken}
            {': '}
            {batch.takenAt ? <When at={batch.takenAt} /> : w.notTaken}
          </p>
          <DownloadFile
            path={`/production/batches/${batch.id}/for-maker`}
            label={w.download}
            name={`${w.download} ${w.batchOf(batch.id)}`}
            size="sm"
          />
          <p className="dim">{w.comesBack}</p>
        </Panel>
      )}
      {batch.withoutPlace > 0 && <PutAtCounters batch={batch} />}
      <Items batch={batch} />
    </>
  )
}

const shownStates = ['out', 'back', 'faulty', 'cancelled'] as const
type Shown = (typeof shownStates)[number]

/** How many cards are shown at first, and more at a press. */
const atOnce = 200

function Items({ batch }: { batch: BatchPageReply }) {
  const w = useWords(screenWords)
  const { language } = useShell()
  const [state, setState] = useState<Shown>(batch.out > 0 ? 'out' : 'back')
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [many, setMany] = useState(atOnce)
  const isIn = (item: BatchPageReply['items'][number], of: Shown) =>
    of === 'faulty' ? item.faulty !== null : item.state === of
  const items = batch.items.filter(item => isIn(item, state))
  const toggle = (id: number) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const said = (item: BatchPageReply['items'][number]): string =>
    item.state === 'cancelled'
      ? `${item.cancelledBecause}${inBrackets(item.makeAgain ? w.again : w.notAgain, language)}`
      : [
          item.faulty && faultNames[item.faulty][language],
          item.faulty === null && item.counter?.[language],
          item.faulty === null && item.box,
        ]
          .filter(Boolean)
          .join(' · ')
  return (
    <>
      <StateNav
        label={w.states}
        chosen={state}
        onChoose={next => {
          setState(next)
          setMany(atOnce)
        }}
        states={shownStates.map(id => ({
          id,
          name: sayAlone(id === 'faulty' ? w.faulty : itemStateNames[id][language]),
          count: batch.items.filter(item => isIn(item, id)).length,
        }))}
      />
      <Group mb="sm">
        <ExportList path={`/production/batches/${batch.id}`} />
      </Group>
      {items.length === 0 ? (
        <EmptyState title={w.noneHere} />
      ) : (
        <ListTable
          columns={[
            w.item,
            w.student,
            w.name,
            w.department,
            w.why,
            ...(state === 'out'
              ? [w.photo, w.choose]
              : [
                  state === 'cancelled' ? w.cancelled : w.back,
                  state === 'cancelled' ? w.cancelWhy : w.place,
                ]),
          ]}
          rows={items.slice(0, many).map(item => ({
            key: item.id,
            cells: [
              item.reference,
              <Anchor key="who" component={Link} to={`/people/${item.personId}`} underline="always">
                {item.studentNumber}
              </Anchor>,
              item.name[language],
              item.department[language],
              item.needless === null ? (
                makeReasonNames[item.because][language]
              ) : (
                <Verdict key="why" tone="warn" word={needlessNames[item.needless][language]} />
              ),
              ...(state === 'out'
                ? [
                    item.hasPhoto ? w.has : w.hasNone,
                    <Checkbox
                      key="choose"
                      aria-label={w.chooseOf(item.reference)}
                      checked={chosen.has(item.id)}
                      onChange={() => toggle(item.id)}
                    />,
                  ]
                : [item.at ? <When key="at" at={item.at} /> : null, said(item) || null]),
            ],
          }))}
        />
      )}
      {items.length > many && (
        <Button variant="default" onClick={() => setMany(many + atOnce)}>
          {w.more(Math.min(atOnce, items.length - many))}
        </Button>
      )}
      {batch.out > 0 && (
        <CancelCards batch={batch} chosen={[...chosen]} onDone={() => setChosen(new Set())} />
      )}
    </>
  )
}
