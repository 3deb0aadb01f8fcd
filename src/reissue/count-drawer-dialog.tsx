import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { inBrackets, withLabel } from '../lib/both.ts'
import { sayMoney } from '../lib/say.ts'
import { FormDialog } from '../web/staff/form-dialog.tsx'
import { useAct } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { CashierReply } from './cashier-routes.ts'
import { cashierWords } from './cashier-words.ts'
import { typedMoney } from './typed-money.ts'

/** Takes down what was counted of a counter's takings; once, and once more after a later payment. */
export function CountDrawer({
  day,
  currency,
  drawer,
}: {
  day: string
  currency: CashierReply['currency']
  drawer: CashierReply['counters'][number]
}) {
  const w = useWords(cashierWords)
  const { language } = useShell()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const count = useAct<object, unknown>(`/cashier/${day}/counts`, { refresh: ['/cashier'] })
  const leave = () => {
    setOpen(false)
    setWrong(null)
    setRefused(null)
  }
  const send = async () => {
    const counted = typedMoney(typed, currency.minorDigits)
    setWrong(counted === null ? w.notAnAmount : null)
    if (counted === null) return
    const { counter, payments } = drawer
    const answer = await count.mutateAsync({ counter, payments, counted, note })
    if (answer.ok) leave()
    else setRefused(answer.message)
  }
  const title = w.countTitle(drawer.name[language])
  return (
    <>
      <Button variant="default" className="no-print" onClick={() => setOpen(true)}>
        {drawer.counts.length === 0 ? w.count : w.countAgain}
      </Button>
      <FormDialog
        opened={open}
        title={title}
        about={withLabel(w.expected, sayMoney(drawer.expected, currency), language)}
        refused={refused}
        confirm={w.keep}
        isSending={count.isPending}
        onSend={send}
        onLeave={leave}
      >
        <TextInput
          label={`${w.counted}${inBrackets(currency.code, language)}`}
          value={typed}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          error={wrong}
          onChange={event => setTyped(event.currentTarget.value)}
        />
        <Textarea
          label={w.note}
          value={note}
          maxLength={500}
          onChange={event => setNote(event.currentTarget.value)}
        />
        <p className="dim">{w.once}</p>
      </FormDialog>
    </>
  )
}
