import './desk.css'
import './tablet.css'
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type { ClerksReply, TabletReply } from '../handover/signing-api.ts'
import { GateMark } from '../web/header.tsx'
import { Notice } from '../web/panel.tsx'
import { useApi } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { TabletSign } from './tablet-sign.tsx'
import { tabletWords } from './tablet-words.ts'

/** How often the tablet asks whether there is something to sign. */
const askEveryMs = 1_500
/** For how long it thanks. */
const thanksMs = 6_000

/**
 * The screen of a tablet that lies before a student. Nothing of anybody stands on it until the desk asks for a signature,
 * and nothing else can be reached from it: the session itself has become a tablet's.
 */
export function Tablet() {
  const { reader } = useShell()
  return reader?.roles.includes('tablet') ? <Laid /> : <Begin />
}

function Begin() {
  const w = useWords(tabletWords)
  const api = useApi()
  const [wrong, setWrong] = useState<string | null>(null)
  const [clerk, setClerk] = useState<string | null>(null)
  const { data } = useQuery({
    queryKey: ['/desk/tablet'],
    queryFn: () => api.get<ClerksReply>('/desk/tablet'),
  })
  async function begin(): Promise<void> {
    const answer = await api.post('/desk/tablet', clerk === null ? {} : { clerk })
    // Pressed twice, the second finds no clerk's session any more: it is that of the tablet, which shows itself when loaded.
    if (answer.ok || answer.status === 404) window.location.reload()
    else setWrong(answer.message)
  }
  return (
    <section className="tablet">
      <h1>{w.title}</h1>
      <p className="tablet-sentence">{w.beginAbout}</p>
      {wrong && (
        <Notice tone="no" urgent>
          <p>{wrong}</p>
        </Notice>
      )}
      {data?.ok && <WhoseDesk {...data.value} chosen={clerk ?? data.value.clerk} onClerk={setClerk} />}
      <div className="tablet-actions">
        <Button size="xl" onClick={() => void begin()}>
          {w.begin}
        </Button>
        <Button size="xl" variant="default" component="a" href="/staff">
          {w.back}
        </Button>
      </div>
    </section>
  )
}

function Laid() {
  const api = useApi()
  const [answered, setAnswered] = useState<{ request: number; signed: boolean } | null>(null)
  const { data, refetch } = useQuery({
    queryKey: ['/tablet'],
    queryFn: () => api.post<TabletReply>('/tablet', {}),
    refetchInterval: askEveryMs,
    staleTime: 0,
  })
  useEffect(() => {
    const timer = answered === null ? undefined : setTimeout(() => setAnswered(null), thanksMs)
    return () => clearTimeout(timer)
  }, [answered])
  const asked = data?.ok ? data.value.asked : null
  if (data && !data.ok) return <Said title={w2('offline')} />
  if (asked?.state === 'asked' && asked.request !== answered?.request)
    return (
      <div className="tablet">
        <TabletSign
          key={asked.request}
          asked={asked}
          onAnswered={signed => {
            setAnswered({ request: asked.request, signed })
            void refetch()
          }}
        />
      </div>
    )
  if (asked?.state === 'refused' || answered?.signed === false)
    return <Said title={w2('refused')} about={w2('refusedAbout')} />
  if (asked?.state === 'signed' || answered !== null)
    return <Said title={w2('thanks')} about={w2('thanksAbout')} />
  return (
    <Said title={w2('idle')} about={w2('idleAbout')}>
      {data?.ok && <AtDeskOf {...data.value.clerk} />}
    </Said>
  )
}

type Plain = 'offline' | 'refused' | 'refusedAbout' | 'thanks' | 'thanksAbout' | 'idle' | 'idleAbout'

/** A sentence in both languages: nobody knows yet who reads it next. */
const w2 = (word: Plain): ReactNode => (
  <>
    <span lang="zh-TW">{tabletWords['zh-TW'][word]}</span>
    <span lang="en">{tabletWords.en[word]}</span>
  </>
)

const Said = ({ title, about, children }: { title: ReactNode; about?: ReactNode; children?: ReactNode }) => (
  <section className="tablet tablet-said">
    <div role="status">
      <GateMark />
      <h1>{title}</h1>
      {about && <p className="tablet-sentence">{about}</p>}
    </div>
    {children}
  </section>
)

/** At whose desk it lies, so that who laid it sees whose questions come here. */
function AtDeskOf({ name }: TabletReply['clerk']) {
  const w = useWords(tabletWords)
  const { language } = useShell()
  return (
    <p className="tablet-whose">
      {w.lies}
      {w.colon}
      {name[language]}
    </p>
  )
}

/** At whose desk it is laid: a counter may have more than one, and only that clerk's questions come to it. */
function WhoseDesk({
  clerks,
  chosen,
  onClerk,
}: {
  clerks: ClerksReply['clerks']
  chosen: string
  onClerk: (clerk: string) => void
}) {
  const w = useWords(tabletWords)
  const { language } = useShell()
  if (clerks.length < 2) return null
  return (
    <NativeSelect
      className="tablet-whose"
      size="md"
      label={w.lies}
      value={chosen}
      onChange={event => onClerk(event.currentTarget.value)}
      data={clerks.map(({ id, name }) => ({ value: id, label: name[language] }))}
    />
  )
}
