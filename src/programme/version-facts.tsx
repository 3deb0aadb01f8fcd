import { Button, NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Facts } from '../web/facts.tsx'
import { When } from '../web/moment.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import { differenceWords } from './difference-words.ts'
import type { VersionReply } from './publish-api.ts'
import { screenWords } from './screen-words.ts'

/** Where the text of a version is downloaded. */
export const sourceHref = (version: number): string => `/api/v1/programme/versions/${version}/source`

/** Says who published a version, by their name. */
export function usePublisher(): (of: VersionReply) => string {
  const w = useWords(screenWords)
  const { language } = useShell()
  return of => of.publisher?.[language] ?? (of.publishedBy === 'set-up' ? w.gatehouse : of.publishedBy)
}

/** When a version came into force, who published it, and who had proposed it where a second person confirmed. */
export function VersionFacts({ of }: { of: VersionReply }) {
  const w = useWords(differenceWords)
  const { language } = useShell()
  const publisher = usePublisher()
  const { proposal } = of
  const published = (
    <>
      <When at={of.publishedAt} /> {publisher(of)}
    </>
  )
  if (proposal === null)
    return (
      <>
        <Facts facts={[{ name: w.published, value: published }]} />
        {of.publishedBy !== 'set-up' && <p className="dim">{w.alone}</p>}
      </>
    )
  return (
    <Facts
      facts={[
        {
          name: w.proposed,
          value: (
            <>
              <When at={proposal.at} /> {proposal.by[language]}
            </>
          ),
        },
        { name: w.note, value: proposal.note || w.noNote },
        { name: w.confirmed, value: published },
      ]}
    />
  )
}

/** Chooses two versions; their difference has an address of its own. */
export function ChooseVersions({
  versions,
  chosen,
}: {
  versions: readonly VersionReply[]
  chosen?: { from: number; to: number } | null
}) {
  const w = useWords(differenceWords)
  const shell = useShell()
  const navigate = useNavigate()
  const publisher = usePublisher()
  const [newest, before] = versions
  const [from, setFrom] = useState(chosen?.from ?? before?.version ?? newest?.version ?? 1)
  const [to, setTo] = useState(chosen?.to ?? newest?.version ?? 1)
  const options = versions.map(each => ({
    value: String(each.version),
    label: w.option(each.version, sayWhen(each.publishedAt, shell), publisher(each)),
  }))
  return (
    <form
      className="choose-versions"
      onSubmit={event => {
        event.preventDefault()
        if (from !== to) void navigate({ to: '/programme/differences', search: { from, to } })
      }}
    >
      <NativeSelect
        label={w.from}
        value={from}
        data={options}
        onChange={event => setFrom(Number(event.currentTarget.value))}
      />
      <NativeSelect
        label={w.to}
        value={to}
        data={options}
        error={from === to ? w.sameTwice : undefined}
        onChange={event => setTo(Number(event.currentTarget.value))}
      />
      <Button type="submit" variant="default" disabled={from === to}>
        {w.show}
      </Button>
    </form>
  )
}
