import './production.css'
import { Anchor, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { sayAlone } from '../lib/say.ts'
import { words as programmeWords } from '../programme/words.ts'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { StateNav } from '../web/staff/state-nav.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayCount } from '../web/when.ts'
import { makeReasonNames } from './list-words.ts'
import { OrderCards } from './order-cards.tsx'
import type { BatchReply, ProductionReply } from './production-api.ts'
import { type MakeList, makeLists, reasonsOf } from './rules.ts'
import { screenWords } from './screen-words.ts'

/** What narrows the list, as the address of the API has it. */
export type Narrow = Readonly<Partial<Record<'department' | 'kind' | 'entryYear', string>>>

/** Who needs a card made, and the batches at the card maker's. */
export function Production() {
  const w = useWords(screenWords)
  const { language } = useShell()
  const [list, setList] = useState<MakeList>('usual')
  const [narrow, setNarrow] = useState<Narrow>({})
  const asked = new URLSearchParams(narrow).toString()
  const found = useGet<ProductionReply>(`/production${asked === '' ? '' : `?${asked}`}`)
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Loaded from={found}>
        {reply => {
          if (reply.edition === null)
            return (
              <Notice tone="warn" title={w.noEdition}>
                <p>{w.noEditionNext}</p>
              </Notice>
            )
          const counts = (of: MakeList) =>
            reasonsOf(of).reduce(
              (sum, reason) => ({
                people: sum.people + reply.lists[reason].people,
                withoutPhoto: sum.withoutPhoto + reply.lists[reason].withoutPhoto,
              }),
              { people: 0, withoutPhoto: 0 },
            )
          const nameOfList = (of: MakeList) => (of === 'usual' ? w.usual : makeReasonNames[of][language])
          return (
            <>
              <p>{w.edition(reply.edition[language])}</p>
              <Filters reply={reply} narrow={narrow} onNarrow={setNarrow} />
              <StateNav
                label={w.lists}
                chosen={list}
                onChoose={setList}
                states={makeLists.map(id => ({
                  id,
                  name: sayAlone(nameOfList(id)),
                  count: counts(id).people,
                }))}
              />
              <div className="list-head">
                <h2>{sayAlone(nameOfList(list))}</h2>
                <ExportList path="/production/to-make" query={{ list, ...narrow }} />
              </div>
              {counts(list).people === 0 ? (
                <EmptyState title={w.nobody}>{w.nobodyNext}</EmptyState>
              ) : (
                <OrderCards
                  key={`${list} ${asked} ${counts(list).people}`}
                  list={list}
                  narrow={narrow}
                  counts={counts(list)}
                  photoRequired={reply.photo === 'required'}
                  most={reply.most}
                />
              )}
              <Batches batches={reply.batches} />
            </>
          )
        }}
      </Loaded>
    </>
  )
}

function Filters({
  reply,
  narrow,
  onNarrow,
}: {
  reply: ProductionReply
  narrow: Narrow
  onNarrow: (narrow: Narrow) => void
}) {
  const w = useWords(screenWords)
  const { kinds } = useWords(programmeWords)
  const { language } = useShell()
  const choices: Readonly<Record<keyof Narrow, { value: string; label: string }[]>> = {
    department: reply.departments.map(({ id, name }) => ({ value: id, label: name[language] })),
    kind: Object.entries(kinds).map(([value, label]) => ({ value, label: sayAlone(label) })),
    entryYear: reply.entryYears.map(year => ({ value: String(year), label: String(year) })),
  }
  return (
    <div className="production-fields">
      {(['department', 'kind', 'entryYear'] as const).map(field => (
        <Select
          key={field}
          label={w[field]}
          placeholder={w.everything}
          data={choices[field]}
          value={narrow[field] ?? null}
          onChange={next => {
            const { [field]: _left, ...others } = narrow
            onNarrow(next === null ? others : { ...others, [field]: next })
          }}
          clearable
          clearButtonProps={{ 'aria-label': `${w[field]}: ${w.everything}` }}
          searchable={field === 'department'}
        />
      ))}
    </div>
  )
}

function Batches({ batches }: { batches: readonly BatchReply[] }) {
  const w = useWords(screenWords)
  const { language } = useShell()
  return (
    <Panel title={w.batches}>
      {batches.length > 0 && <ExportList path="/production/batches" these="batches" />}
      {batches.length === 0 ? (
        <EmptyState title={w.noBatches}>{w.noBatchesNext}</EmptyState>
      ) : (
        <ListTable
          columns={[w.batch, w.by, w.cards, w.out, w.back, w.cancelled, w.misprinted, w.taken]}
          rows={batches.map(batch => ({
            key: batch.id,
            cells: [
              <Anchor key="look" component={Link} to={`/production/${batch.id}`} underline="always">
                {w.batchOf(batch.id)}
                {batch.maker && ` · ${batch.maker}`}
              </Anchor>,
              <>
                <When at={batch.orderedAt} /> {batch.orderedBy?.[language]}
              </>,
              sayCount(batch.cards, language),
              <>
                {sayCount(batch.out, language)}
                {batch.needless > 0 && (
                  <>
                    {' '}
                    <Verdict tone="warn" word={w.needless(batch.needless)} />
                  </>
                )}
              </>,
              sayCount(batch.back, language),
              sayCount(batch.cancelled, language),
              w.misprints(batch.misprinted, batch.misprintedPercent),
              batch.takenAt ? <When key="taken" at={batch.takenAt} /> : w.notTaken,
            ],
          }))}
        />
      )}
    </Panel>
  )
}
