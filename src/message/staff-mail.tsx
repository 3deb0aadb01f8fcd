import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Language } from '../lib/words.ts'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { StaffMailAsked, StaffMailNow } from './staff-mail-routes.ts'
import { staffMailWords } from './staff-mail-words.ts'

/** Whether, where and in which language somebody is told by mail: who keeps the doors of updates, administrators of the emergency way in. */
export function StaffMailScreen() {
  const w = useWords(staffMailWords)
  const { language, reader } = useShell()
  const keepsNoDoors = reader?.roles.includes('admin') === true
  const now = useGet<StaffMailNow>('/staff-mail')
  if (now.data?.ok === false)
    return (
      <>
        <h1>{w.title}</h1>
        <Notice tone="no" title={w.refused} urgent>
          <p>{now.data.message}</p>
          <Button onClick={() => void now.refetch()}>{w.tryAgain}</Button>
        </Notice>
      </>
    )
  const known = now.data?.value
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{keepsNoDoors ? w.aboutAdmin : w.about}</p>
      {known && !known.mails && (
        <Notice tone="warn" title={w.noMails}>
          <p>{w.noMailsNext}</p>
        </Notice>
      )}
      {known && <Mine mine={known.mine} owners={known.owners} keepsNoDoors={keepsNoDoors} />}
      {known && (
        <Panel title={w.told}>
          {known.told.length === 0 ? (
            <EmptyState title={w.nobody}>{w.nobodyNext}</EmptyState>
          ) : (
            <ul>
              {known.told.map(({ name }) => (
                <li key={name.en}>{name[language]}</li>
              ))}
            </ul>
          )}
        </Panel>
      )}
    </>
  )
}

/** How the select names "no mail" and "of all doors", which no owner is called. */
const [none, all] = ['-', '*']

function Mine({
  mine,
  owners,
  keepsNoDoors,
}: Pick<StaffMailNow, 'mine' | 'owners'> & { keepsNoDoors: boolean }) {
  const w = useWords(staffMailWords)
  const shell = useShell()
  const [address, setAddress] = useState(mine?.address ?? '')
  const [language, setLanguage] = useState<Language>(mine?.language ?? shell.language)
  const [doors, setDoors] = useState(mine?.doorTasks ? (mine.doorTasks.owner ?? all) : none)
  const [refused, setRefused] = useState<string | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const act = useAct<StaffMailAsked, object>('/staff-mail', { refresh: ['/staff-mail'] })
  async function keep(asked: StaffMailAsked, said: string): Promise<void> {
    setRefused(null)
    setDone(null)
    const answer = await act.mutateAsync(asked)
    if (answer.ok) setDone(said)
    else setRefused(answer.message)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const doorTasks = doors === none ? null : { owner: doors === all ? null : doors }
    void keep({ address, language, doorTasks }, w.saved)
  }
  return (
    <Panel>
      <div role="status">
        {done !== null && (
          <Notice tone="yes">
            <p>{done}</p>
          </Notice>
        )}
      </div>
      <form onSubmit={submit} noValidate>
        <TextInput
          type="email"
          label={w.address}
          description={w.addressHint}
          value={address}
          error={refused}
          maxLength={254}
          autoComplete="email"
          mb="sm"
          onChange={event => setAddress(event.currentTarget.value)}
        />
        <NativeSelect
          label={w.language}
          value={language}
          data={[
            { value: 'zh-TW', label: w.languages['zh-TW'] },
            { value: 'en', label: w.languages.en },
          ]}
          mb="md"
          onChange={event => setLanguage(event.currentTarget.value === 'en' ? 'en' : 'zh-TW')}
        />
        {!keepsNoDoors && (
          <NativeSelect
            label={w.doorTasks}
            description={w.doorTasksHint}
            value={doors}
            data={[
              { value: none, label: w.doorTasksNone },
              { value: all, label: w.doorTasksAll },
              ...owners.map(owner => ({ value: owner['zh-TW'], label: owner[shell.language] })),
            ]}
            mb="md"
            onChange={event => setDoors(event.currentTarget.value)}
          />
        )}
        <Group>
          <Button type="submit" loading={act.isPending}>
            {mine === null ? w.save : w.change}
          </Button>
          {mine !== null && (
            <Button
              variant="default"
              disabled={act.isPending}
              onClick={() => void keep({ address: null, language }, w.ended)}
            >
              {w.end}
            </Button>
          )}
        </Group>
      </form>
    </Panel>
  )
}
