import { Button } from '@mantine/core'
import { useState } from 'react'
import { Notice } from '../panel.tsx'
import { useShell } from '../surroundings.tsx'
import { fetchFile } from './fetch-file.ts'

/** A button that fetches one file of the API, and says in words why it could not. In a row of a list it is small. */
export function DownloadFile({
  path,
  label,
  name,
  size = 'compact-sm',
}: {
  path: string
  label: string
  name: string
  size?: 'compact-sm' | 'sm'
}) {
  const { language } = useShell()
  const [refused, setRefused] = useState<string | null>(null)
  return (
    <>
      <Button
        size={size}
        variant="default"
        aria-label={name}
        onClick={() => void fetchFile(path, language).then(setRefused)}
      >
        {label}
      </Button>
      {refused && (
        <Notice tone="no" urgent>
          <p>{refused}</p>
        </Notice>
      )}
    </>
  )
}
