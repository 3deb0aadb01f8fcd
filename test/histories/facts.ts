import type { Database } from '../../src/server/database.ts'

/** Rows of the register as they stand, read with statements of the tests' own. Instants in milliseconds. */
export interface Facts {
  people: { id: number; status: string }[]
  cards: {
    id: number
    edition: string
    number: number
    retired: boolean
    /** Whose it became, and when; null while it was given to nobody. */
    holder: number | null
    givenAt: number | null
  }[]
  /** Campus access that is in force. */
  uses: { cardId: number; personId: number; kind: 'student' | 'temporary'; until: number | null }[]
  paused: number[]
  lost: { cardId: number; personId: number; at: number; sendAt: number; sentAt: number | null }[]
  /** Cards with the door that is granted one by one. */
  granted: number[]
  activations: { cardId: number; personId: number; at: number; replaces: number | null }[]
  /** Messages "since then all doors are confirmed": the activation's card. */
  toldConfirmed: { id: number; cardId: number }[]
  reissues: {
    id: number
    personId: number
    amount: number
    settledAs: string | null
    endedAs: string | null
    isLost: boolean
    /** The card in whose place another one is asked for, and the one that was made. */
    forCard: number
    cardId: number | null
  }[]
  /** Who has which card, in the register; `representative`: who fetched it for them. */
  handovers: { cardId: number; personId: number; at: number; how: string; representative: number | null }[]
  undone: { cardId: number; personId: number; at: number; why: string }[]
  /** What the journal says of cards that come and go. */
  journal: { act: string; cardId: number; personId: number }[]
  /** What the office has ordered: whose card, and how far it is. */
  ordered: { id: number; personId: number; state: 'out' | 'back' | 'cancelled' }[]
  /** Wrong rows, by name; every list should be empty. */
  wrong: Record<string, unknown[] | null>
}

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::bigint`
const list = (rows: string) => `coalesce((select jsonb_agg(to_jsonb(r)) from (${rows}) r), '[]')`

const wrong = {
  'two people use one card': `
    select a.card_id from card_use a join card_use b on a.card_id = b.card_id and a.ctid < b.ctid and a.during && b.during`,
  'one person uses two student cards': `
    select a.person_id from card_use a join card_use b on a.person_id = b.person_id and a.kind = 'student' and b.kind = 'student'
      and a.ctid < b.ctid and a.during && b.during`,
  'two live cards with one number': `
    select number from card_number where retired_at is null group by format, number having count(*) > 1`,
  'a card used by who does not hold it': `
    select u.card_id from card_use u where u.kind = 'student' and not exists (
      select from handover h where h.card_id = u.card_id and h.person_id = u.person_id)`,
  'a card held by two': `select card_id from handover group by card_id having count(*) > 1`,
  'a lost card in use': `
    select u.card_id from card_use u join loss_report l on l.card_id = u.card_id and l.ended_at is null
    where u.during @> (select raw_now())`,
  'a card made for an application that has ended otherwise': `
    select id from reissue where card_id is not null and ended_as <> 'collected'`,
  'two open applications of one person': `
    select person_id from reissue where ended_at is null group by person_id having count(*) > 1`,
}

const factsSql = `select jsonb_build_object(
  'people', ${list('select id, status from person order by id')},
  'cards', ${list(`
    select c.id, c.edition, n.number, c.retired_at is not null as retired, h.person_id as holder, ${ms('h.at')} as "givenAt"
    from card c join card_number n on n.card_id = c.id left join handover h on h.card_id = c.id order by c.id`)},
  'uses', ${list(`
    select card_id as "cardId", person_id as "personId", kind, ${ms('upper(during)')} as until
    from card_use where during @> raw_now()`)},
  'paused', coalesce((select jsonb_agg(card_id) from access_pause where upper_inf(during)), '[]'),
  'lost', ${list(`
    select card_id as "cardId", person_id as "personId", ${ms('at')} as at, ${ms('send_at')} as "sendAt", ${ms('sent_at')} as "sentAt"
    from loss_report where ended_at is null`)},
  'granted', coalesce((select jsonb_agg(card_id) from individual_grant where ended_at is null), '[]'),
  'activations', ${list(`
    select card_id as "cardId", person_id as "personId", ${ms('at')} as at, replaces from activation`)},
  'toldConfirmed', ${list(`
    select m.id, j.card_id as "cardId" from message m join journal j on j.id = m.journal_id
    where m.kind = 'doors-confirmed'`)},
  'reissues', ${list(`
    select id, person_id as "personId", fee_amount as amount, settled_as as "settledAs", ended_as as "endedAs",
      reason = 'lost' as "isLost", for_card as "forCard", card_id as "cardId" from reissue order by id`)},
  'handovers', ${list(`
    select h.card_id as "cardId", h.person_id as "personId", ${ms('h.at')} as at, h.how, b.person_id as representative
    from handover h left join batch b on b.id = h.batch_id order by h.card_id`)},
  'undone', ${list(`
    select card_id as "cardId", person_id as "personId", ${ms('at')} as at, why from undone_handover order by id`)},
  'journal', ${list(`
    select act, card_id as "cardId", person_id as "personId" from journal
    where act in ('old card recorded', 'card given at health check', 'card handed over', 'card given to representative',
      'handover undone', 'card brought back', 'card handed in', 'card given back') order by id`)},
  'ordered', ${list(`
    select id, person_id as "personId",
      case when card_id is not null then 'back' when cancelled_at is not null then 'cancelled' else 'out' end as state
    from production_item order by id`)},
  'wrong', jsonb_build_object(${Object.entries(wrong)
    .map(([name, rows]) => `'${name}', (select jsonb_agg(to_jsonb(r)) from (${rows}) r)`)
    .join(', ')})) as facts`

/** Everything at once, as it stands now. */
export async function factsOf(owner: Database): Promise<Facts> {
  const { rows } = await owner.pool.query<{ facts: Facts }>({ name: 'history_facts', text: factsSql })
  return rows[0]!.facts
}
