import { Button, Group, Modal, Select, Table, TextInput, UnstyledButton } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { When } from '../web/moment.tsx'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { useSearch } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { outboxWords } from './outbox-words.ts'
import type { OutboxMessage } from './routes.ts'
import type { MessageKind, SendState } from './rules.ts'

const tones: Record<SendState, Tone> = {
  sent: 'yes',
  waiting: 'wait',
  failing: 'warn',
  'given-up': 'no',
  'not-needed': 'info',
  'no-address': 'info',
  'no-mail-server': 'info',
}

interface Asked {
  student: string
  kind: MessageKind | null
}

const searchFor = ({ student, kind }: Asked) => ({
  ...(student !== '' && { studentNumber: student }),
  ...(kind !== null && { kind }),
})

function Filter({ onAsk }: { onAsk: (asked: Asked) => void }) {
  const w = useWords(outboxWords)
  const [student, setStudent] = useState('')
  const [kind, setKind] = useState<MessageKind | null>(null)
  const kinds = Object.entries(w.kinds).map(([value, label]) => ({ value, label }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onAsk({ student: student.trim(), kind })
  }
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" mb="md">
        <TextInput
          label={w.student}
          value={student}
          maxLength={40}
          autoComplete="off"
          onChange={event => setStudent(event.currentTarget.value)}
        />
        <Select
          label={w.kind}
          placeholder={w.anyKind}
          data={kinds}
          value={kind}
          clearable
          onChange={value => setKind(value as MessageKind | null)}
        />
        <Button type="submit">{w.show}</Button>
      </Group>
    </form>
  )
}

/** One message as its reader gets it, and how its mailing went. */
function Letter({ message, onClose }: { message: OutboxMessage | null; onClose: () => void }) {
  const w = useWords(outboxWords)
  return (
    <Modal
      opened={message !== null}
      onClose={onClose}
      title={message?.subject}
      size="lg"
      closeButtonProps={{ 'aria-label': w.close }}
    >
      {message && (
        <>
          <p>
            <Verdict tone={tones[message.state]} word={w.states[message.state]} />
          </p>
          <p className="dim">
            {w.told}: {message.studentNumber} {message.recipient || w.nobody}
            {message.sentAt && (
              <>
                {' · '}
                {w.sentAt} <When at={message.sentAt} />
              </>
            )}
            {message.tries > 0 && ` · ${w.tries(message.tries)}`}
          </p>
          {message.devices > 0 && (
            <p className="dim">
              {w.pushed(message.pushed, message.devices)}
              {message.pushedAt && (
                <>
                  {' · '}
                  <When at={message.pushedAt} />
                </>
              )}
              {message.pushError && ` · ${message.pushError}`}
            </p>
          )}
          {message.lastError && (
            <Notice tone="warn" title={w.serverSaid}>
              <p>{message.lastError}</p>
            </Notice>
          )}
          <Panel>
            <div lang={message.language}>
              {message.body.split('\n').map((line, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never move.
                <div key={at}>{line || '\u00a0'}</div>
              ))}
            </div>
          </Panel>
        </>
      )}
    </Modal>
  )
}

function Messages({ messages }: { messages: readonly OutboxMessage[] }) {
  const w = useWords(outboxWords)
  const [open, setOpen] = useState<OutboxMessage | null>(null)
  return (
    <>
      <Table.ScrollContainer minWidth={720}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w.madeAt}</Table.Th>
              <Table.Th>{w.student}</Table.Th>
              <Table.Th>{w.kind}</Table.Th>
              <Table.Th>{w.subject}</Table.Th>
              <Table.Th>{w.state}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {messages.map(message => (
              <Table.Tr key={message.id}>
                <Table.Td>
                  <When at={message.madeAt} />
                </Table.Td>
                <Table.Td>{message.studentNumber}</Table.Td>
                <Table.Td>{w.kinds[message.kind]}</Table.Td>
                <Table.Td lang={message.language}>
                  <UnstyledButton
                    td="underline"
                    aria-label={w.open(message.subject)}
                    onClick={() => setOpen(message)}
                  >
                    {message.subject}
                  </UnstyledButton>
                </Table.Td>
                <Table.Td>
                  <Verdict tone={tones[message.state]} word={w.states[message.state]} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Letter message={open} onClose={() => setOpen(null)} />
    </>
  )
}

/** The office's outbox: what students were told, in their own words, and whether it was mailed. */
export function Outbox() {
  const w = useWords(outboxWords)
  const [asked, setAsked] = useState<Asked>({ student: '', kind: null })
  const { data: answer, refetch } = useSearch<{ messages: OutboxMessage[] }>(
    '/messages/search',
    searchFor(asked),
  )
  const filtered = asked.student !== '' || asked.kind !== null
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Filter onAsk={setAsked} />
      {asked.student === '' && (
        <ExportList path="/messages" query={asked.kind === null ? {} : { kind: asked.kind }} />
      )}
      {!answer && <p className="waits">{w.loading}</p>}
      {answer && !answer.ok && (
        <Notice tone="no" urgent>
          <p>{answer.message}</p>
          <Button variant="default" onClick={() => void refetch()}>
            {w.retry}
          </Button>
        </Notice>
      )}
      {answer?.ok && answer.value.messages.length > 0 && <Messages messages={answer.value.messages} />}
      {answer?.ok && answer.value.messages.length === 0 && (
        <EmptyState title={filtered ? w.nothingFound : w.emptyTitle}>
          {filtered ? w.nothingFoundNext : w.emptyNext}
        </EmptyState>
      )}
    </>
  )
}
