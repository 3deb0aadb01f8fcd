import { type Connection, call } from './api.ts'
import { words } from './words.ts'

interface Refund {
  cards: {
    cardId: number
    ending: string | null
    mayAsk: boolean
    whyNot: { message: string } | null
    case: { to: string | null; steps: { step: string; state: string; on: string | null }[] } | null
  }[]
}
interface Reissue {
  standing: { feeSaid: string; due: number; ended: string | null } | null
  offer: { cardId: number } | null
}

/** Applies for another card in place of the newest one. The person has looked at the photo on record. */
export async function applyForReissue(connection: Connection, reason: string): Promise<string[]> {
  const { tell } = words[connection.language]
  const { offer } = await call<Reissue>(connection, 'GET', '/reissue')
  if (offer === null) return [tell.noCard]
  const body = { cardId: offer.cardId, reason, photoIsRight: true }
  const { again } = await call<{ again: boolean }>(connection, 'POST', '/reissue', body)
  const { standing } = await call<Reissue>(connection, 'GET', '/reissue')
  return [...(again ? [tell.again] : []), `${tell.applied} ${standing!.feeSaid}`]
}

/** The payment page for what is due; coming back from it proves nothing, so `card` is asked afterwards. */
export async function payReissue(connection: Connection): Promise<string[]> {
  const { goTo } = await call<{ goTo: string }>(connection, 'POST', '/reissue/payment')
  return [`${words[connection.language].tell.payAt} ${new URL(goTo, connection.origin).href}`]
}

/** Takes the unpaid application back. */
export async function withdrawReissue(connection: Connection): Promise<string[]> {
  await call(connection, 'POST', '/reissue/withdrawal')
  return [words[connection.language].tell.reissueWithdrawn]
}

const refundLines = ({ cards }: Refund, { language }: Connection): string[] =>
  cards.flatMap(card => [
    `…${card.ending ?? '????'} ${card.case?.to ?? card.whyNot?.message ?? ''}`.trimEnd(),
    ...(card.case?.steps ?? []).map(
      ({ step, state, on }) => `  ${words[language].tell.mark[state]} ${step}${on ? ` ${on}` : ''}`,
    ),
  ])

/** How the refunds of what is on the cards stand. */
export const followRefund = async (connection: Connection): Promise<string[]> =>
  refundLines(await call<Refund>(connection, 'GET', '/refund'), connection)

/** Asks the issuer to pay what is on the first card of which it may be asked into an account. */
export async function askRefund(
  connection: Connection,
  [bank, branch, account]: string[],
): Promise<string[]> {
  const { cards } = await call<Refund>(connection, 'GET', '/refund')
  const card = cards.find(({ mayAsk }) => mayAsk)
  // What cannot be asked is told by the API, with its reason, better than this app could.
  const cardId = card?.cardId ?? cards[0]?.cardId
  if (cardId === undefined) return [words[connection.language].tell.noCard]
  const body = { cardId, way: 'bank', bank, branch, account }
  const { refund } = await call<{ refund: Refund }>(connection, 'POST', '/refund', body)
  return refundLines(refund, connection)
}
