import './identity.css'
import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Facts } from '../web/facts.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import type { SignInSettings, SignInSettingsAsked, TrialAsked, TrialGiven } from './api.ts'
import { PlaceFields, usePlaceWords } from './place-fields.tsx'
import { identityWords } from './screen-words.ts'
import type { ClaimReading, ClaimRule, Place } from './shape.ts'

/** What the claims of the university's provider mean here: an administrator's settings, and a place to try them. */
export function SignInSettingsScreen() {
  const w = useWords(identityWords)
  // What is typed here is not taken away because the window came to the front.
  const settings = useGet<SignInSettings>('/sign-in-settings', { journalled: true, rememberMs: 0 })
  const [saved, setSaved] = useState(false)
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Loaded from={settings}>
        {known => <Settings key={known.version} known={known} saved={saved} onSaved={setSaved} />}
      </Loaded>
    </>
  )
}

/** A rule with a key of its own, so that taking one away does not move what was typed into the next. */
type Row = { key: number; rule: ClaimRule }

function Settings({
  known,
  saved,
  onSaved,
}: {
  known: SignInSettings
  saved: boolean
  onSaved: (is: boolean) => void
}) {
  const w = useWords(identityWords)
  const [reading, setReading] = useState<Omit<ClaimReading, 'rules'>>(known.reading)
  const [rows, setRows] = useState<Row[]>(known.reading.rules.map((rule, key) => ({ key, rule })))
  const [refused, setRefused] = useState<string | null>(null)
  const act = useAct<SignInSettingsAsked, object>('/sign-in-settings', { refresh: ['/sign-in-settings'] })
  const now: ClaimReading = { ...reading, rules: rows.map(({ rule }) => rule) }

  async function save(event: FormEvent) {
    event.preventDefault()
    setRefused(null)
    onSaved(false)
    const answer = await act.mutateAsync({ version: known.version, reading: now })
    if (!answer.ok) return setRefused(answer.message)
    onSaved(true)
  }
  const change = (key: number, next: ClaimRule) =>
    setRows(before => before.map(row => (row.key === key ? { key, rule: next } : row)))

  return (
    <>
      {known.provider === null ? (
        <Notice tone="warn" title={w.noProvider}>
          <p>{w.noProviderNext}</p>
        </Notice>
      ) : (
        <p>{w.provider(known.provider)}</p>
      )}
      <form onSubmit={event => void save(event)}>
        <Panel title={w.claims}>
          <p className="dim">{w.claimsAbout}</p>
          <ClaimFields reading={reading} onChange={setReading} />
        </Panel>
        <Panel title={w.rules}>
          <p className="dim">{w.rulesAbout}</p>
          {rows.length === 0 && <EmptyState title={w.noRules}>{w.noRulesNext}</EmptyState>}
          {rows.map(({ key, rule }, at) => (
            <RuleFields
              key={key}
              at={at + 1}
              rule={rule}
              settings={known}
              onChange={next => change(key, next)}
              onRemove={() => setRows(before => before.filter(row => row.key !== key))}
            />
          ))}
          <Button
            variant="default"
            onClick={() =>
              setRows(before => [
                ...before,
                {
                  key: Math.max(-1, ...before.map(row => row.key)) + 1,
                  rule: { claim: before.at(-1)?.rule.claim ?? 'groups', value: '', role: 'office' },
                },
              ])
            }
          >
            {w.add}
          </Button>
        </Panel>
        <div role="status">
          {saved && (
            <Notice tone="yes">
              <p>{w.saved}</p>
            </Notice>
          )}
        </div>
        {refused !== null && (
          <Notice tone="no" title={w.refused} urgent>
            <p>{refused}</p>
          </Notice>
        )}
        <Button type="submit" loading={act.isPending} mb="lg">
          {w.save}
        </Button>
      </form>
      <Trial reading={now} settings={known} />
    </>
  )
}

function ClaimFields({
  reading,
  onChange,
}: {
  reading: Omit<ClaimReading, 'rules'>
  onChange: (next: Omit<ClaimReading, 'rules'>) => void
}) {
  const w = useWords(identityWords)
  const fields = [
    ['account', w.account, w.accountHint],
    ['nameZh', w.nameZh, undefined],
    ['nameEn', w.nameEn, undefined],
    ['email', w.email, undefined],
    ['student', w.student, w.studentHint],
  ] as const
  return fields.map(([name, label, hint]) => {
    const optional = name === 'email' || name === 'student'
    return (
      <TextInput
        key={name}
        label={label}
        description={hint}
        value={reading[name] ?? ''}
        required={!optional}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        mb="sm"
        onChange={event => {
          const { value } = event.currentTarget
          onChange({ ...reading, [name]: optional && value === '' ? null : value })
        }}
      />
    )
  })
}

function RuleFields({
  at,
  rule,
  settings,
  onChange,
  onRemove,
}: {
  at: number
  rule: ClaimRule
  settings: SignInSettings
  onChange: (next: ClaimRule) => void
  onRemove: () => void
}) {
  const w = useWords(identityWords)
  const { claim, value, ...place } = rule
  const text = (name: 'claim' | 'value', label: string, most: number) => (
    <TextInput
      label={label}
      value={rule[name]}
      required
      maxLength={most}
      autoComplete="off"
      spellCheck={false}
      onChange={event => onChange({ ...rule, [name]: event.currentTarget.value })}
    />
  )
  return (
    <fieldset className="claim-rule">
      <legend>{w.rule(at)}</legend>
      {text('claim', w.claim, 200)}
      {text('value', w.value, 300)}
      <PlaceFields
        place={place}
        settings={settings}
        onChange={(next: Place) => onChange({ claim, value, ...next })}
      />
      <Button variant="default" onClick={onRemove}>
        {w.remove(at)}
      </Button>
    </fieldset>
  )
}

function Trial({ reading, settings }: { reading: ClaimReading; settings: SignInSettings }) {
  const w = useWords(identityWords)
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [given, setGiven] = useState<TrialGiven | null>(null)
  const act = useAct<TrialAsked, TrialGiven>('/sign-in-settings/trial')
  const said = usePlaceWords(settings)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setGiven(null)
    setWrong(null)
    const claims = claimsFrom(typed)
    if (claims === null) return setWrong(w.notJson)
    const answer = await act.mutateAsync({ reading, claims })
    if (answer.ok) setGiven(answer.value)
    else setWrong(answer.message)
  }
  return (
    <Panel title={w.trial}>
      <p className="dim">{w.trialAbout}</p>
      <form onSubmit={event => void submit(event)}>
        <Textarea
          label={w.trialLabel}
          value={typed}
          error={wrong}
          maxLength={100_000}
          minRows={4}
          autosize
          spellCheck={false}
          mb="sm"
          onChange={event => setTyped(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" variant="default" loading={act.isPending}>
            {w.tryIt}
          </Button>
        </Group>
      </form>
      <div role="status">
        {given && (
          <Facts
            facts={[
              { name: w.gives.account, value: given.account ?? w.gives.noAccount },
              { name: w.gives.student, value: given.student ?? w.gives.none },
              {
                name: w.gives.roles,
                value: given.places.length === 0 ? w.gives.noRoles : given.places.map(said).join(w.gives.and),
              },
              { name: w.gives.matched, value: given.matched.map(at => at + 1).join(', ') || w.gives.none },
            ]}
          />
        )}
      </div>
    </Panel>
  )
}

/** What was pasted, as claims; null where it is no JSON object. */
function claimsFrom(text: string): Record<string, unknown> | null {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
