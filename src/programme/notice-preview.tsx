import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useApi } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { PreviewReply } from './preview-routes.ts'

/** Each language by its own name. */
const languageNames = ['中文', 'English']

const words = {
  'zh-TW': {
    title: '公告預覽',
    about: '兩種語言並列，大括號的值依草稿與今天填入。可輸入學號，看哪些句子與他有關。',
    number: '學號（可不填）',
    show: '預覽',
    concerns: '與他有關',
    not: '與他無關',
    unconfirmed: '尚待確認',
    values: (many: number) => `可用的值（${many}）`,
    name: '名稱',
    sentence: '句子',
    student: '這位學生',
    views: (notice: number, faq: number) =>
      `公告已被閱讀 ${notice} 次，常見問題 ${faq} 次（只計次數，不記錄是誰）。`,
  },
  en: {
    title: 'Preview of the notice',
    about:
      'Both languages side by side, values filled in from this draft as of today. With a student number: which sentences concern them.',
    number: 'Student number (optional)',
    show: 'Preview',
    concerns: 'concerns them',
    not: 'does not concern them',
    unconfirmed: 'to be confirmed',
    values: (many: number) => `Values that a sentence may name (${many})`,
    name: 'Name',
    sentence: 'Sentence',
    student: 'This student',
    views: (notice: number, faq: number) =>
      `The notice was read ${notice} times, the questions ${faq} times (only counted; nobody is followed).`,
  },
}

/** The notice and questions of a draft as they would be read, by anybody or by a given student. */
export function NoticePreview({ source }: { source: string }) {
  const w = useWords(words)
  const api = useApi()
  const [studentNumber, setStudentNumber] = useState('')
  const [shown, setShown] = useState<{ found: PreviewReply; of: string } | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  async function show(): Promise<void> {
    setRefused(null)
    const of = studentNumber.trim()
    const answer = await api.post<PreviewReply>('/programme/notice/preview', {
      source,
      ...(of === '' ? {} : { studentNumber: of }),
    })
    if (answer.ok) setShown({ found: answer.value, of })
    else setRefused(answer.message)
  }
  const said = (sentence: PreviewReply['en'][number] | undefined) => (
    <>
      {sentence?.question && <strong>{sentence.question} </strong>}
      {sentence?.pieces.map(({ text, exact, unconfirmed }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence are never reordered
        <span key={at}>
          {exact ? <strong>{text}</strong> : text}
          {unconfirmed && <em> ({w.unconfirmed})</em>}
        </span>
      ))}
    </>
  )
  return (
    <section aria-label={w.title}>
      <h3>{w.title}</h3>
      <p className="dim">{w.about}</p>
      <form
        className="editor-add"
        onSubmit={event => {
          event.preventDefault()
          void show()
        }}
      >
        <TextInput
          label={w.number}
          autoComplete="off"
          value={studentNumber}
          onChange={event => setStudentNumber(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {w.show}
        </Button>
      </form>
      {refused !== null && <Notice tone="no" title={refused} urgent />}
      {shown && (
        <>
          <ListTable
            columns={[w.sentence, ...languageNames, ...(shown.of === '' ? [] : [w.student])]}
            rows={shown.found['zh-TW'].map((sentence, at) => ({
              key: `${sentence.question === null} ${sentence.id}`,
              cells: [
                sentence.id,
                <span key="zh-TW" lang="zh-TW">
                  {said(sentence)}
                </span>,
                <span key="en" lang="en">
                  {said(shown.found.en[at])}
                </span>,
                ...(shown.of === ''
                  ? []
                  : [
                      <Verdict
                        key="student"
                        tone={sentence.concerns ? 'yes' : 'info'}
                        word={sentence.concerns ? w.concerns : w.not}
                      />,
                    ]),
              ],
            }))}
          />
          <p className="dim">{w.views(shown.found.views, shown.found.faqViews)}</p>
          <details>
            <summary>{w.values(shown.found.values.length)}</summary>
            <ListTable
              columns={[w.name, ...languageNames]}
              rows={shown.found.values.map(value => ({
                key: value.name,
                cells: [
                  `{${value.name}}`,
                  <span key="zh-TW" lang="zh-TW">
                    {value['zh-TW']}
                  </span>,
                  <span key="en" lang="en">
                    {value.en}
                  </span>,
                ],
              }))}
            />
          </details>
        </>
      )}
    </section>
  )
}
