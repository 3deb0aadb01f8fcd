import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useWords } from '../surroundings.tsx'
import { actWords } from './act-words.ts'
import { FormDialog } from './form-dialog.tsx'
import { useAct } from './use-api.tsx'

/** A field that an act asks for beside its reason. */
export interface AskedField {
  name: string
  label: string
  /** Digits alone, as a whole number in the body. */
  whole?: boolean
}

/**
 * An act that asks once: a button, and a dialog that says what it does, takes what it needs, and shows in words why it was
 * refused. `body` makes what is sent of the fields and the reason.
 */
export function ActDialog({
  label,
  title,
  about,
  path,
  method = 'post',
  refresh,
  confirm,
  reason = 'none',
  presets = [],
  fields = [],
  body = () => ({}),
  onDone,
}: {
  label: string
  title: string
  about: ReactNode
  path: string
  method?: 'post' | 'delete'
  refresh: readonly string[]
  confirm: string
  reason?: 'needed' | 'optional' | 'none'
  /** Reasons that come up often. */
  presets?: readonly string[]
  fields?: readonly AskedField[]
  body?: (said: { reason: string; fields: Readonly<Record<string, string>> }) => object | undefined
  onDone?: () => void
}) {
  const w = useWords(actWords)
  const [open, setOpen] = useState(false)
  const [why, setWhy] = useState('')
  const [said, setSaid] = useState<Readonly<Record<string, string>>>({})
  const [missing, setMissing] = useState<readonly string[]>([])
  const [refused, setRefused] = useState<string | null>(null)
  const act = useAct<object | undefined, unknown>(path, { refresh, method })
  const leave = () => {
    setOpen(false)
    setRefused(null)
    setMissing([])
  }
  const send = async () => {
    const wrong = ({ name, whole }: AskedField) => {
      const text = (said[name] ?? '').trim()
      return text === '' || (whole && !/^\d{1,12}$/.test(text))
    }
    const lacks = [
      ...fields.filter(wrong).map(({ name }) => name),
      ...(reason === 'needed' && why.trim() === '' ? ['reason'] : []),
    ]
    setMissing(lacks)
    if (lacks.length > 0) return
    const answer = await act.mutateAsync(body({ reason: why.trim(), fields: said }))
    if (!answer.ok) return setRefused(answer.message)
    leave()
    setWhy('')
    setSaid({})
    onDone?.()
  }
  const error = (name: string) => (missing.includes(name) ? w.needed : undefined)
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <FormDialog
        opened={open}
        title={title}
        about={about}
        refused={refused}
        confirm={confirm}
        isSending={act.isPending}
        onSend={send}
        onLeave={leave}
      >
        {fields.map(({ name, label: named, whole }) => (
          <TextInput
            key={name}
            label={named}
            value={said[name] ?? ''}
            inputMode={whole ? 'numeric' : undefined}
            autoComplete="off"
            maxLength={80}
            error={error(name)}
            onChange={event => {
              const { value } = event.currentTarget
              setSaid(known => ({ ...known, [name]: value }))
            }}
          />
        ))}
        {presets.length > 0 && (
          <Select
            label={w.preset}
            data={[...presets]}
            value={presets.includes(why) ? why : null}
            onChange={chosen => chosen && setWhy(chosen)}
          />
        )}
        {reason !== 'none' && (
          <Textarea
            label={reason === 'needed' ? w.reason : w.reasonOptional}
            value={why}
            maxLength={500}
            autosize
            minRows={2}
            error={error('reason')}
            onChange={event => setWhy(event.currentTarget.value)}
          />
        )}
      </FormDialog>
    </>
  )
}
