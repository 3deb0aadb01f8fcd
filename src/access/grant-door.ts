import type { Act } from '../server/register.ts'

/** Individual access to one door for one card, granted by the door's owner. */
export interface DoorGrant {
  cardId: number
  personId: number
  doorId: string
  owner: { 'zh-TW': string; en: string }
  grantedAt: Temporal.Instant
}

const grantSql = `
  insert into individual_grant (card_id, door_id, owner_zh, owner_en, granted_at)
  select * from jsonb_to_recordset($1::jsonb)
    as r("cardId" bigint, "doorId" text, "ownerZh" text, "ownerEn" text, "grantedAt" timestamptz)
  on conflict (card_id, door_id) do nothing`

/**
 * Grants doors to cards, beside what the access groups open. A grant hangs on the card and does not follow to
 * the next one (the notice's point 10).
 */
export async function grantDoors(act: Act, grants: readonly DoorGrant[]): Promise<void> {
  if (grants.length === 0) return
  const rows = grants.map(({ owner, ...grant }) => ({ ...grant, ownerZh: owner['zh-TW'], ownerEn: owner.en }))
  await act.statement('grant_doors', grantSql, [JSON.stringify(rows)])
  await act.note(
    ...grants.map(({ personId, cardId, doorId }) => ({
      act: 'door granted',
      personId,
      cardId,
      facts: { door: doorId },
    })),
  )
}
