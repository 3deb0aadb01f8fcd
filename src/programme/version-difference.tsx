import './versions.css'
import { Anchor } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { EmptyState, Panel } from '../web/panel.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useWords } from '../web/surroundings.tsx'
import { ChangesTable } from './changes.tsx'
import { differenceWords } from './difference-words.ts'
import type { DifferenceReply, VersionReply } from './publish-api.ts'
import { screenWords } from './screen-words.ts'
import { ChooseVersions, sourceHref, VersionFacts } from './version-facts.tsx'

const asVersion = (asked: unknown): number | null =>
  Number.isInteger(Number(asked)) && Number(asked) > 0 && Number(asked) < 2 ** 31 ? Number(asked) : null

/** What differs between any two published versions. The address says which, so that it can be sent to somebody. */
export function VersionDifference() {
  const w = useWords(differenceWords)
  const asked: { from?: unknown; to?: unknown } = useSearch({ strict: false })
  const [from, to] = [asVersion(asked.from), asVersion(asked.to)]
  const chosen = from !== null && to !== null ? { from, to } : null
  const listed = useGet<{ versions: VersionReply[] }>('/programme/versions')
  return (
    <div className="files programme">
      <p>
        <Anchor component={Link} to="/programme" underline="always">
          {w.back}
        </Anchor>
      </p>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Loaded from={listed}>
        {({ versions }) => <ChooseVersions key={`${from} ${to}`} versions={versions} chosen={chosen} />}
      </Loaded>
      {chosen === null ? (
        <EmptyState title={w.chooseFirst}>{w.chooseFirstNext}</EmptyState>
      ) : (
        <Between {...chosen} />
      )}
    </div>
  )
}

function Between({ from, to }: { from: number; to: number }) {
  const w = useWords(differenceWords)
  const found = useGet<DifferenceReply>(`/programme/differences?from=${from}&to=${to}`)
  return (
    <Loaded from={found}>
      {difference => (
        <>
          <div className="two-versions">
            <OneVersion of={difference.from} />
            <OneVersion of={difference.to} />
          </div>
          {difference.changeCount === 0 ? (
            <EmptyState title={w.equal}>{w.equalNext}</EmptyState>
          ) : (
            <Difference of={difference} />
          )}
        </>
      )}
    </Loaded>
  )
}

function Difference({ of: { from, to, ...changes } }: { of: DifferenceReply }) {
  const w = useWords(differenceWords)
  const { version } = useWords(screenWords)
  return (
    <ChangesTable
      {...changes}
      title={w.between(from.version, to.version, changes.changeCount)}
      before={version(from.version)}
      after={version(to.version)}
    />
  )
}

function OneVersion({ of }: { of: VersionReply }) {
  const w = useWords(screenWords)
  return (
    <Panel title={w.version(of.version)}>
      <VersionFacts of={of} />
      <Anchor href={sourceHref(of.version)} download underline="always">
        {w.downloadOf(of.version)}
      </Anchor>
    </Panel>
  )
}
