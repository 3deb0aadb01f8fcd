import { Button, Group, type GroupProps } from '@mantine/core'

/** On through a list of people, and back to its beginning; pages are known by whom they come after, an id of ours. */
export function FirstAndMore<Place extends string | number>({
  after,
  next,
  onTurn,
  words,
  ...place
}: {
  /** Whom this page comes after; null on the first. */
  after: Place | null
  /** Whom the next page comes after; null where there is none. */
  next: Place | null
  onTurn: (after: Place | null) => void
  words: { first: string; more: string }
} & GroupProps) {
  return (
    <Group {...place}>
      {after !== null && (
        <Button variant="default" onClick={() => onTurn(null)}>
          {words.first}
        </Button>
      )}
      {next !== null && (
        <Button variant="default" onClick={() => onTurn(next)}>
          {words.more}
        </Button>
      )}
    </Group>
  )
}
