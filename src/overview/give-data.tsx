import { Button } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../web/panel.tsx'
import { fetchFile } from '../web/staff/fetch-file.ts'
import { useShell, useWords } from '../web/surroundings.tsx'
import { timelineWords } from './timeline-words.ts'

/** Everything that is kept of a person as a file, for who asks at the office and has no phone to ask with. */
export function GiveData({ personId }: { personId: number }) {
  const w = useWords(timelineWords)
  const { language } = useShell()
  const [works, setWorks] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  async function give() {
    setWorks(true)
    setRefused(await fetchFile(`/people/${personId}/data`, language))
    setWorks(false)
  }
  return (
    <>
      <Button
        variant="default"
        loading={works}
        aria-label={works ? w.giving : undefined}
        onClick={() => void give()}
      >
        {w.giveData}
      </Button>
      {refused && (
        <Notice tone="no" title={w.notGiven} urgent>
          <p>{refused}</p>
        </Notice>
      )}
    </>
  )
}
