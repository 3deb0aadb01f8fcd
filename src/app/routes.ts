import { checkRoutes } from '../access/check-routes.ts'
import { doorTaskRoutes } from '../access/door-task-routes.ts'
import { accessExports, unwritableExport } from '../access/exported.ts'
import { fileRoutes } from '../access/file-routes.ts'
import { grantRoutes } from '../access/grant-routes.ts'
import { myDoorsRoutes } from '../access/my-doors-routes.ts'
import type { Network } from '../access/networks.ts'
import { accessRoutes } from '../access/routes.ts'
import { activationDeskRoutes } from '../activation/desk-routes.ts'
import { activationRoutes } from '../activation/routes.ts'
import { batchExports } from '../batch/exported.ts'
import { batchRoutes } from '../batch/routes.ts'
import { stockExports } from '../card/exported.ts'
import { cardRoutes } from '../card/routes.ts'
import { deskRoutes } from '../desk/routes.ts'
import { eligibilityRoutes } from '../eligibility/routes.ts'
import { extrasDeskRoutes } from '../extras/desk-routes.ts'
import { extrasRoutes } from '../extras/routes.ts'
import { cardFileApplication } from '../handover/card-file-routes.ts'
import { confirmationRoutes } from '../handover/confirmation-routes.ts'
import { keptSignatureRoutes } from '../handover/kept-signature-routes.ts'
import { handoverRoutes } from '../handover/routes.ts'
import { signingPages } from '../handover/signing-pages.ts'
import { signingRoutes } from '../handover/signing-routes.ts'
import { undoRoutes } from '../handover/undo-routes.ts'
import { breakGlassRoutes } from '../identity/break-glass-routes.ts'
import type { Provider } from '../identity/provider.ts'
import { roleRoutes } from '../identity/role-routes.ts'
import { identityRoutes } from '../identity/routes.ts'
import { backChannelRoutes, providerSignIn } from '../identity/sign-in.ts'
import type { Keys } from '../lib/keys.ts'
import { loanExport } from '../loan/exported.ts'
import { lendRoutes } from '../loan/routes.ts'
import { lossDeskRoutes } from '../loss/desk-routes.ts'
import { lossExport } from '../loss/exported.ts'
import { issuerRoutes } from '../loss/issuer-routes.ts'
import { missingCardRoutes } from '../loss/missing-card-routes.ts'
import { lossRoutes } from '../loss/routes.ts'
import { outboxExport } from '../message/exported.ts'
import { pushRoutes } from '../message/push-routes.ts'
import type { PushSettings } from '../message/pusher.ts'
import { rehearsalExport } from '../message/rehearsal-exported.ts'
import { rehearsalRoutes } from '../message/rehearsal-routes.ts'
import { messageRoutes } from '../message/routes.ts'
import { staffMailRoutes } from '../message/staff-mail-routes.ts'
import { overviewExports } from '../overview/exported.ts'
import { letterRoutes } from '../overview/letter-routes.ts'
import { peopleRoutes } from '../overview/people-routes.ts'
import { overviewRoutes } from '../overview/routes.ts'
import { uncollectedRoutes } from '../overview/uncollected-routes.ts'
import { missingPhotosExport } from '../photo/exported.ts'
import { myPhotoRoutes } from '../photo/my-routes.ts'
import { photoRoutes } from '../photo/routes.ts'
import { correctionRoutes } from '../privacy/correction-routes.ts'
import { myCorrectionRoutes } from '../privacy/my-correction-routes.ts'
import { privacyNoticeRoutes } from '../privacy/notice-routes.ts'
import { ownDataRoutes } from '../privacy/own-routes.ts'
import { privacyRoutes } from '../privacy/routes.ts'
import { productionExports } from '../production/exported.ts'
import { productionRoutes } from '../production/routes.ts'
import { cohortRoutes } from '../programme/cohort-routes.ts'
import { draftRoutes } from '../programme/draft-routes.ts'
import { programmeExports } from '../programme/exported.ts'
import { previewRoutes } from '../programme/preview-routes.ts'
import { proposalRoutes } from '../programme/proposal-routes.ts'
import { publishRoutes } from '../programme/publish-routes.ts'
import { programmeRoutes } from '../programme/routes.ts'
import { proxyPages } from '../proxy/page-routes.ts'
import { proxyRoutes } from '../proxy/routes.ts'
import { refundDeskRoutes } from '../refund/desk-routes.ts'
import { reconciliationExport, refundExport } from '../refund/exported.ts'
import { refundOfficeRoutes } from '../refund/office-routes.ts'
import { refundPages } from '../refund/page-routes.ts'
import { refundRoutes } from '../refund/routes.ts'
import { callRoutes } from '../reissue/call-routes.ts'
import { reissueCaseRoutes } from '../reissue/case-routes.ts'
import { cashierRoutes } from '../reissue/cashier-routes.ts'
import { feesAtCounter } from '../reissue/counter-fees.ts'
import { reissueExports } from '../reissue/exported.ts'
import { replacementProduced } from '../reissue/found-again.ts'
import { reissueListRoutes } from '../reissue/list-routes.ts'
import { reissuePages } from '../reissue/page-routes.ts'
import type { PaymentProvider } from '../reissue/payment.ts'
import { receiptHolder } from '../reissue/receipt-holder.ts'
import { receiptRoutes } from '../reissue/receipt-routes.ts'
import { repaymentRoutes } from '../reissue/repayment-routes.ts'
import { reissueRoutes } from '../reissue/routes.ts'
import { reissueStaffRoutes } from '../reissue/staff-routes.ts'
import { rosterDifferenceExport, rosterExport } from '../roster/exported.ts'
import { rosterRoutes } from '../roster/routes.ts'
import type { Database } from '../server/database.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { shiftExport } from '../shift/exported.ts'
import { shiftRoutes } from '../shift/routes.ts'
import { boardRoutes } from '../update/board-routes.ts'
import { clockRoutes } from '../update/clock-routes.ts'
import { eventsRoutes } from '../update/events-routes.ts'
import { expiryRoutes } from '../update/expiry-routes.ts'
import { doorExports } from '../update/exported.ts'
import { doorHistoryExports } from '../update/exported-history.ts'
import { doorPeopleExports } from '../update/exported-people.ts'
import { governRoutes } from '../update/govern-routes.ts'
import { historyRoutes } from '../update/history-routes.ts'
import { numberLabRoutes } from '../update/number-lab-routes.ts'
import { restoredRoutes } from '../update/restored-routes.ts'
import { retentionRoutes } from '../update/retention-routes.ts'
import { updateRoutes } from '../update/routes.ts'
import { surveyRoutes } from '../update/survey-routes.ts'
import { unreachableRoutes } from '../update/unreachable-routes.ts'
import { whyRoutes } from '../update/why-routes.ts'
import { installRoutes } from './install.ts'
import { journalExport } from './journal-export.ts'
import { looksListRoutes } from './looks-list-routes.ts'
import { looksRoutes } from './looks-routes.ts'
import { myCardRoutes } from './my-card-routes.ts'
import { myLooksRoutes } from './my-looks-routes.ts'
import { myMessagesRoutes } from './my-messages-routes.ts'
import { presentRoutes } from './present-routes.ts'
import { demoSignIn, signInRoutes } from './sign-in.ts'

/** What the rooms' routes are handed. */
export interface Rooms {
  register: Register
  /** The application's database, for sessions and for reports that need no register. */
  database: Database
  /** Seals the app's live proofs. */
  proofKeys: Keys
  demo: boolean
  /** Whether a mail server is configured. */
  mails: boolean
  /** With what people are told on their phones; null where nobody is. */
  push: PushSettings | null
  /** Where door controllers may be. */
  doorNetworks: readonly Network[]
  /** Who takes payments over the network; null where nobody does. */
  payments: PaymentProvider | null
  /** With what kiosks seal what they tell; null where there are none. */
  kioskKeys: Keys | null
  /** The university's OpenID provider; null where there is none. */
  provider: Provider | null
  log(line: string): void
}

/** Every route of every room, in the order of the flow. */
export function addRoutes(server: Server, rooms: Rooms): void {
  programmeRoutes(server, rooms)
  publishRoutes(server, rooms)
  draftRoutes(server, rooms)
  proposalRoutes(server, rooms)
  cohortRoutes(server, rooms)
  programmeExports(server, rooms)
  previewRoutes(server, rooms)
  rosterRoutes(server, rooms)
  photoRoutes(server, rooms)
  missingPhotosExport(server, rooms)
  myPhotoRoutes(server, rooms)
  rosterExport(server, rooms)
  rosterDifferenceExport(server, rooms)
  cardRoutes(server, rooms)
  stockExports(server, rooms)
  eligibilityRoutes(server, rooms)
  proxyRoutes(server, rooms)
  proxyPages(server, rooms)
  // The room of reissues comes later in the flow: whose receipt it is, and what it knows of a lost card, is handed in.
  deskRoutes(server, { ...rooms, receiptHolder })
  handoverRoutes(server, rooms)
  undoRoutes(server, rooms)
  signingRoutes(server, rooms)
  signingPages(server, rooms)
  shiftRoutes(server, { ...rooms, feesAtCounter })
  keptSignatureRoutes(server, rooms)
  cardFileApplication(server, rooms)
  confirmationRoutes(server, rooms)
  lendRoutes(server, rooms)
  loanExport(server, rooms)
  shiftExport(server, rooms)
  batchRoutes(server, rooms)
  batchExports(server, rooms)
  const losing = { ...rooms, replacementProduced }
  lossRoutes(server, losing)
  lossDeskRoutes(server, losing)
  missingCardRoutes(server, losing)
  issuerRoutes(server, rooms)
  lossExport(server, rooms)
  activationRoutes(server, rooms)
  activationDeskRoutes(server, rooms)
  extrasRoutes(server, rooms)
  extrasDeskRoutes(server, rooms)
  accessRoutes(server, rooms)
  grantRoutes(server, rooms)
  doorTaskRoutes(server, rooms)
  myDoorsRoutes(server, rooms)
  fileRoutes(server, rooms)
  unwritableExport(server, rooms)
  accessExports(server, rooms)
  checkRoutes(server, rooms)
  updateRoutes(server, rooms)
  governRoutes(server, rooms)
  surveyRoutes(server, rooms)
  boardRoutes(server, rooms)
  restoredRoutes(server, rooms)
  eventsRoutes(server, rooms)
  clockRoutes(server, rooms)
  historyRoutes(server, rooms)
  whyRoutes(server, rooms)
  expiryRoutes(server, rooms)
  unreachableRoutes(server, rooms)
  doorExports(server, rooms)
  doorPeopleExports(server, rooms)
  doorHistoryExports(server, rooms)
  retentionRoutes(server, rooms)
  privacyRoutes(server, rooms)
  privacyNoticeRoutes(server, rooms)
  ownDataRoutes(server, rooms)
  myCorrectionRoutes(server, rooms)
  correctionRoutes(server, rooms)
  numberLabRoutes(server, rooms)
  reissueRoutes(server, rooms)
  reissuePages(server, rooms)
  reissueStaffRoutes(server, rooms)
  reissueListRoutes(server, rooms)
  reissueCaseRoutes(server, rooms)
  reissueExports(server, rooms)
  receiptRoutes(server, rooms)
  repaymentRoutes(server, rooms)
  cashierRoutes(server, rooms)
  callRoutes(server, rooms)
  productionRoutes(server, rooms)
  productionExports(server, rooms)
  refundRoutes(server, rooms)
  refundPages(server, rooms)
  refundDeskRoutes(server, rooms)
  refundOfficeRoutes(server, rooms)
  refundExport(server, rooms)
  reconciliationExport(server, rooms)
  messageRoutes(server, rooms)
  outboxExport(server, rooms)
  rehearsalRoutes(server, rooms)
  rehearsalExport(server, rooms)
  staffMailRoutes(server, rooms)
  pushRoutes(server, rooms)
  overviewRoutes(server, rooms)
  letterRoutes(server, rooms)
  overviewExports(server, rooms)
  peopleRoutes(server, rooms)
  uncollectedRoutes(server, rooms)
  myCardRoutes(server, rooms)
  myMessagesRoutes(server, rooms)
  myLooksRoutes(server, rooms)
  looksRoutes(server, rooms)
  looksListRoutes(server, rooms)
  presentRoutes(server, losing)
  journalExport(server, rooms)
  installRoutes(server, rooms)
  identityRoutes(server, rooms)
  breakGlassRoutes(server, rooms)
  roleRoutes(server, rooms)
  const { provider } = rooms
  if (provider) backChannelRoutes(server, { ...rooms, provider })
  const atProvider = provider && providerSignIn({ ...rooms, provider })
  signInRoutes(server, { ...rooms, signIn: rooms.demo ? demoSignIn(rooms.database) : atProvider })
}
