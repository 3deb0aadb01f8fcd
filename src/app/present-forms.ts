import { type TObject, type TProperties, Type } from 'typebox'
import { activateCard } from '../activation/activate.ts'
import { sayActivationAtDesk } from '../activation/desk-routes.ts'
import { sayMarkAtDesk } from '../extras/desk-routes.ts'
import { markExtra } from '../extras/mark-extra.ts'
import { ItemId } from '../extras/routes.ts'
import { marks } from '../extras/rules.ts'
import type { PresentRefusal } from '../handover/present.ts'
import { sayAtDesk } from '../handover/present-words.ts'
import { type Decision, no, type Refused } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import { sayLossAtDesk } from '../loss/desk-routes.ts'
import { foundAgain, withdrawLoss } from '../loss/found-again.ts'
import type { ReplacementProduced } from '../loss/missing.ts'
import { type OwnCard, pauseAccess, resumeAccess } from '../loss/pause.ts'
import { reportLost } from '../loss/report-lost.ts'
import { momentIn } from '../loss/routes.ts'
import { programmeInForce } from '../programme/store.ts'
import { nameProxy, withdrawProxy } from '../proxy/name-proxy.ts'
import { typedNaming } from '../proxy/page-routes.ts'
import { fieldOf, type NamingRefusal } from '../proxy/rules.ts'
import { words as proxyWords } from '../proxy/words.ts'
import { askRefund } from '../refund/ask-refund.ts'
import { changeRefund, withdrawRefund } from '../refund/change-refund.ts'
import { sayRefundAtDesk } from '../refund/desk-routes.ts'
import { typedDestination } from '../refund/routes.ts'
import { applyForReissue, withdrawReissue } from '../reissue/apply.ts'
import { disputeFee, payAtCounter } from '../reissue/office.ts'
import { fieldsOfReissue } from '../reissue/page-props.ts'
import { saidIn, typedApplication, typedDispute, typedReceipt } from '../reissue/page-routes.ts'
import { lockTyped, typeReceipt } from '../reissue/pay-at-kiosk.ts'
import { sayReissueAtDesk } from '../reissue/staff-routes.ts'
import { openReissueOf } from '../reissue/store.ts'
import type { Say } from '../server/perform.ts'
import type { Act } from '../server/register.ts'
import { possession } from './my-card-routes.ts'
import type { PresentPart } from './present-shape.ts'

/** What a form of the page is: where it belongs, and how its refusals are said. */
export interface PresentForm<Fields extends TProperties, Reason extends string> {
  part: PresentPart
  fields: Fields
  say: Say<Reason | PresentRefusal>
  /** The field that a refusal is told at. */
  fieldOf?: (refused: Refused<Reason | PresentRefusal>) => string | null
  /** False for what opens and closes no door. */
  changesAccess?: boolean
}

/** One act for who is present. */
export type PresentAct<Fields extends TProperties, Reason extends string> = (
  act: Act,
  personId: number,
  body: Type.Static<TObject<Fields>>,
) => Promise<Decision<object, Reason | PresentRefusal>>

/** Adds a form to the page of who is present. */
export type AddForm = <Fields extends TProperties, Reason extends string>(
  path: string,
  form: PresentForm<Fields, Reason>,
  does: PresentAct<Fields, Reason>,
) => void

/** How refusals of a naming at a desk are said. */
const sayProxyAtDesk = sayAtDesk<NamingRefusal>({
  'zh-TW': proxyWords['zh-TW'].refusal,
  en: proxyWords.en.refusal,
})

const CardId = Type.String({ pattern: '^[0-9]{1,15}$' })
const Instant = Type.Optional(Type.String({ format: 'date-time', maxLength: 40 }))
const own = (personId: number, { cardId }: { cardId: string }): OwnCard => ({
  personId,
  cardId: Number(cardId),
})

/** Every form that a student has, under the same names, for a clerk who presses its button for them. */
export function presentForms(
  form: AddForm,
  { replacementProduced, proofKeys }: { replacementProduced: ReplacementProduced; proofKeys: Keys },
): void {
  form(
    '/activation',
    {
      part: 'activation',
      fields: { possession: Type.String({ maxLength: 40 }) },
      say: sayActivationAtDesk,
      fieldOf: ({ refusal }) =>
        refusal.startsWith('wrong-') || refusal === 'too-many-tries' ? 'possession' : null,
    },
    (act, personId, body) => activateCard(act, { personId, ...possession(body.possession) }),
  )
  proxyForms(form, proofKeys)
  missingForms(form, replacementProduced)
  reissueForms(form)
  refundForms(form)
  form(
    '/extras',
    {
      part: 'extras',
      fields: { item: ItemId, mark: Type.Enum([...marks, 'none']) },
      say: sayMarkAtDesk,
      changesAccess: false,
    },
    (act, personId, { item, mark }) =>
      markExtra(act, { personId, item, mark: mark === 'none' ? null : mark }),
  )
}

function proxyForms(form: AddForm, proofKeys: Keys): void {
  const atField: Partial<Record<string, string>> = fieldOf
  const ofProxy = { part: 'proxy', say: sayProxyAtDesk, changesAccess: false } as const
  form(
    '/proxy',
    {
      ...ofProxy,
      fields: typedNaming,
      fieldOf: ({ refusal }: { refusal: string }) => atField[refusal] ?? null,
    },
    (act, personId, { name, email, language }) =>
      nameProxy(act, { personId, name, email: email ?? '', language }, proofKeys),
  )
  form('/proxy/withdraw', { ...ofProxy, fields: {} }, (act, personId) => withdrawProxy(act, personId))
}

function missingForms(form: AddForm, replacementProduced: ReplacementProduced): void {
  const ofCard = { part: 'missing', say: sayLossAtDesk, fields: { cardId: CardId } } as const
  form('/pause', ofCard, (act, personId, body) => pauseAccess(act, own(personId, body)))
  form('/resume', ofCard, (act, personId, body) => resumeAccess(act, own(personId, body)))
  form('/loss/withdrawal', ofCard, (act, personId, body) =>
    withdrawLoss(act, { ...own(personId, body), replacementProduced }),
  )
  form('/found', ofCard, (act, personId, body) =>
    foundAgain(act, { ...own(personId, body), replacementProduced }),
  )
  form('/loss', { ...ofCard, fields: { cardId: CardId, sendAt: Instant } }, (act, personId, body) =>
    reportLost(act, { ...own(personId, body), putOffTo: momentIn(body.sendAt) }),
  )
}

function reissueForms(form: AddForm): void {
  const ofReissue = {
    part: 'reissue',
    say: sayReissueAtDesk,
    fieldOf: ({ refusal }: { refusal: string }) => fieldsOfReissue[refusal] ?? null,
    changesAccess: false,
  } as const
  form(
    '/reissue',
    {
      ...ofReissue,
      fields: typedApplication,
    },
    async (act, personId, { reason, photoIsRight, receipt: typed = '', cardId }) => {
      const asked = { personId, cardId: Number(cardId), reason, photoIsRight: photoIsRight === 'yes' }
      await lockTyped(act, typed)
      const done = await applyForReissue(act, asked)
      return !done.ok || typed.trim() === '' ? done : typeReceipt(act, { personId, typed })
    },
  )
  form('/reissue/receipt', { ...ofReissue, fields: { receipt: typedReceipt } }, (act, personId, body) =>
    typeReceipt(act, { personId, typed: body.receipt }),
  )
  form('/reissue/dispute', { ...ofReissue, fields: typedDispute }, (act, personId, body) =>
    disputeFee(act, { personId, said: saidIn(body) }),
  )
  form('/reissue/withdrawal', { ...ofReissue, fields: {} }, (act, personId) =>
    withdrawReissue(act, { personId }),
  )
  form(
    '/reissue/fee',
    { ...ofReissue, fields: { reissueId: Type.String({ pattern: '^[0-9]{1,15}$' }) } },
    async (act, personId, body) => {
      // A page that lay open may be of an application before this one.
      const open = await openReissueOf(act, personId)
      if (open === null || open.id !== Number(body.reissueId)) return no('no-open-reissue')
      const { reissue } = await programmeInForce(act)
      return payAtCounter(act, { reissueId: open.id, at: reissue.at })
    },
  )
}

function refundForms(form: AddForm): void {
  const ofRefund = {
    part: 'refund',
    say: sayRefundAtDesk,
    fieldOf: ({ facts }: { facts: Readonly<Record<string, unknown>> }) =>
      typeof facts.field === 'string' ? facts.field : null,
    changesAccess: false,
  } as const
  for (const [path, does] of [
    ['/refund', askRefund],
    ['/refund/change', changeRefund],
  ] as const)
    form(
      path,
      { ...ofRefund, fields: { cardId: CardId, ...typedDestination } },
      (act, personId, { cardId, ...to }) => does(act, { personId, cardId: Number(cardId), to }),
    )
  form('/refund/withdraw', { ...ofRefund, fields: { cardId: CardId } }, (act, personId, body) =>
    withdrawRefund(act, own(personId, body)),
  )
}
