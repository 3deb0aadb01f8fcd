import { Button, Group, type GroupProps } from '@mantine/core'

/** On through a list of people, and back to its beginning; pages are known by whom they come after. */
export function FirstAndMore({
  after,
  last,
  onTurn,
  words,
  ...place
}: {
  /** Whom this page comes after; null on the first. */
  after: string | null
  /** Whom the next page comes after; null where there is none. */
  last: string | null
  onTurn: (after: string | null) => void
  words: { first: string; more: string }
} & GroupProps) {
  return (
    <Group {...place}>
      {after !== null && (
        <Button variant="default" onClick={() => onTurn(null)}>
          {words.first}
        </Button>
      )}
      {last !== null && (
        <Button variant="default" onClick={() => onTurn(last)}>
          {words.more}
        </Button>
      )}
    </Group>
  )
}
