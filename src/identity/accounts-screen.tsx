import './identity.css'
import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { inBrackets } from '../lib/both.ts'
import { roleNames } from '../lib/roles.ts'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ActDialog } from '../web/staff/act-dialog.tsx'
import { FormDialog } from '../web/staff/form-dialog.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { Account, AccountAsked, Accounts, SignInSettings } from './api.ts'
import { PlaceFields, usePlaceWords } from './place-fields.tsx'
import { identityWords } from './screen-words.ts'
import type { Place } from './shape.ts'

const refresh = ['/accounts']
const addressOf = (account: string): string => `/accounts/${encodeURIComponent(account)}`

/** The staff's accounts: their roles, by group or by hand; ending one and taking it up again. */
export function AccountsScreen() {
  const w = useWords(identityWords).accounts
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState({ named: '', after: '' })
  const places = useGet<SignInSettings>('/sign-in-settings')
  const list = useGet<Accounts>(`/accounts?${new URLSearchParams(asked)}`)
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <form
        onSubmit={event => {
          event.preventDefault()
          setAsked({ named: typed.trim(), after: '' })
        }}
      >
        <Group align="end" mb="md">
          <TextInput
            label={w.find}
            value={typed}
            maxLength={100}
            autoComplete="off"
            onChange={event => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            {w.search}
          </Button>
        </Group>
      </form>
      <Loaded from={places}>
        {settings => (
          <Loaded from={list}>
            {({ accounts, more }) => (
              <>
                {accounts.length === 0 ? (
                  <EmptyState title={w.none}>{w.noneNext}</EmptyState>
                ) : (
                  <AccountTable accounts={accounts} settings={settings} />
                )}
                {asked.after !== '' && (
                  <Button variant="default" onClick={() => setAsked({ ...asked, after: '' })}>
                    {w.first}
                  </Button>
                )}
                {more && (
                  <Button
                    variant="default"
                    onClick={() => setAsked({ ...asked, after: accounts.at(-1)!.id })}
                  >
                    {w.more}
                  </Button>
                )}
              </>
            )}
          </Loaded>
        )}
      </Loaded>
      <AddAccount />
    </>
  )
}

function AccountTable({ accounts, settings }: { accounts: readonly Account[]; settings: SignInSettings }) {
  const w = useWords(identityWords).accounts
  const { language } = useShell()
  const said = usePlaceWords(settings)
  return (
    <ListTable
      columns={w.columns}
      rows={accounts.map(account => ({
        key: account.id,
        cells: [
          account.id,
          <span key="name">
            {account.name[language]} {account.endedAt !== null && <Verdict tone="no" word={w.ended} />}
            {account.endedAt === null && !account.signsIn && <Verdict tone="wait" word={w.never} />}
          </span>,
          account.roles.length === 0 ? (
            w.noRoles
          ) : (
            <ul key="roles" className="roles-of-account">
              {account.roles.map(role => (
                <li key={role.id}>
                  {said(role)}
                  <span className="dim">
                    {inBrackets(role.fromProvider ? w.fromProvider : w.byHand, language)}
                  </span>
                </li>
              ))}
            </ul>
          ),
          account.mayChange ? <Acts key="acts" account={account} settings={settings} /> : w.mine,
        ],
      }))}
    />
  )
}

function Acts({ account, settings }: { account: Account; settings: SignInSettings }) {
  const w = useWords(identityWords).accounts
  const { language } = useShell()
  const said = usePlaceWords(settings)
  const { id, endedAt, roles } = account
  if (endedAt !== null)
    return (
      <ActDialog
        label={w.back}
        title={w.backTitle(id)}
        about={w.backAbout}
        path={`${addressOf(id)}/return`}
        refresh={refresh}
        confirm={w.back}
        body={() => undefined}
      />
    )
  return (
    <Group gap="xs">
      <GiveRole account={id} settings={settings} />
      {roles
        .filter(role => !role.fromProvider)
        .map(role => (
          <ActDialog
            key={role.id}
            label={w.takeLabel(roleNames[role.role][language])}
            title={w.takeTitle(id)}
            about={w.takeAbout(said(role))}
            path={`${addressOf(id)}/roles/${role.id}/removal`}
            refresh={refresh}
            confirm={w.take}
            body={() => undefined}
          />
        ))}
      <ActDialog
        label={w.end}
        title={w.endTitle(id)}
        about={w.endAbout}
        path={`${addressOf(id)}/ending`}
        refresh={refresh}
        confirm={w.end}
        body={() => undefined}
      />
    </Group>
  )
}

function GiveRole({ account, settings }: { account: string; settings: SignInSettings }) {
  const w = useWords(identityWords).accounts
  const [open, setOpen] = useState(false)
  const [place, setPlace] = useState<Place>({ role: 'desk' })
  const [refused, setRefused] = useState<string | null>(null)
  const act = useAct<Place, object>(`${addressOf(account)}/roles`, { refresh })
  const leave = () => {
    setOpen(false)
    setRefused(null)
    setPlace({ role: 'desk' })
  }
  async function send() {
    const answer = await act.mutateAsync(place)
    if (answer.ok) leave()
    else setRefused(answer.message)
  }
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {w.give}
      </Button>
      <FormDialog
        opened={open}
        title={w.giveTitle(account)}
        about={w.giveAbout}
        refused={refused}
        confirm={w.give}
        isSending={act.isPending}
        onSend={send}
        onLeave={leave}
      >
        <PlaceFields place={place} settings={settings} onChange={setPlace} />
      </FormDialog>
    </>
  )
}

const blank: AccountAsked = { id: '', nameZh: '', nameEn: '' }

function AddAccount() {
  const w = useWords(identityWords).accounts
  const [typed, setTyped] = useState(blank)
  const [refused, setRefused] = useState<string | null>(null)
  const [added, setAdded] = useState<string | null>(null)
  const act = useAct<AccountAsked, object>('/accounts', { refresh })
  async function submit(event: FormEvent) {
    event.preventDefault()
    setRefused(null)
    setAdded(null)
    const answer = await act.mutateAsync({ ...typed, id: typed.id.trim() })
    if (!answer.ok) return setRefused(answer.message)
    setAdded(typed.id.trim())
    setTyped(blank)
  }
  return (
    <Panel title={w.add}>
      <p className="dim">{w.addAbout}</p>
      <form onSubmit={event => void submit(event)}>
        {(['id', 'nameZh', 'nameEn'] as const).map(name => (
          <TextInput
            key={name}
            label={w[name]}
            value={typed[name]}
            required
            maxLength={100}
            autoComplete="off"
            error={name === 'id' ? refused : undefined}
            mb="sm"
            onChange={event => setTyped({ ...typed, [name]: event.currentTarget.value })}
          />
        ))}
        <div role="status">
          {added !== null && (
            <Notice tone="yes">
              <p>{w.added(added)}</p>
            </Notice>
          )}
        </div>
        <Button type="submit" loading={act.isPending}>
          {w.add}
        </Button>
      </form>
    </Panel>
  )
}
