import { ExtrasPage } from '../extras/extras-page.tsx'
import { EmergencyPage } from '../identity/break-glass-page.tsx'
import { RolePage } from '../identity/role-page.tsx'
import { ConfirmLossPage } from '../loss/confirm-loss.tsx'
import { MissingCardPage } from '../loss/missing-card.tsx'
import { PhotoPage } from '../photo/photo-page.tsx'
import { PrivacyPage } from '../privacy/notice-page.tsx'
import { OwnDataPage } from '../privacy/own-page.tsx'
import { FaqPage } from '../programme/faq.tsx'
import { NoticePage } from '../programme/notice.tsx'
import { ProxyPage } from '../proxy/proxy-page.tsx'
import { RefundPage } from '../refund/refund-page.tsx'
import { ReissuePage } from '../reissue/reissue.tsx'
import { Gallery } from '../web/gallery.tsx'
import { MessagePage, NotFoundPage, RefusedPage, SignInFirstPage } from '../web/message-page.tsx'
import { type Pages, rendering } from '../web/render.tsx'
import { StaffPage } from '../web/staff/document.tsx'
import { DemoPage } from './demo-page.tsx'
import { DemoPaymentPage } from './demo-payment.tsx'
import { MyCardPage } from './my-card.tsx'
import { MyLooksPage } from './my-looks.tsx'
import { MyMessagesPage } from './my-messages.tsx'
import { FindPresentPage, PresentLossPage, PresentPage } from './present.tsx'
import { SignInPage } from './sign-in.tsx'

/**
 * Every page that the server renders, by the name its route asks for: `reply.page('my-card', props)`.
 * `gallery` shows all components to the browser tests; no route leads there.
 */
const pages = {
  message: MessagePage,
  'not-found': NotFoundPage,
  refused: RefusedPage,
  'sign-in-first': SignInFirstPage,
  staff: StaffPage,
  notice: NoticePage,
  faq: FaqPage,
  privacy: PrivacyPage,
  'my-card': MyCardPage,
  'my-messages': MyMessagesPage,
  'my-looks': MyLooksPage,
  'own-data': OwnDataPage,
  'missing-card': MissingCardPage,
  'confirm-loss': ConfirmLossPage,
  extras: ExtrasPage,
  photo: PhotoPage,
  proxy: ProxyPage,
  refund: RefundPage,
  'sign-in': SignInPage,
  role: RolePage,
  'break-glass': EmergencyPage,
  demo: DemoPage,
  'demo-payment': DemoPaymentPage,
  reissue: ReissuePage,
  'find-present': FindPresentPage,
  present: PresentPage,
  'present-loss': PresentLossPage,
  gallery: Gallery,
} satisfies Pages

/** Turns a page's name, props and surroundings into HTML; the server loads it from `dist/server/pages.js`. */
export const render = rendering(pages)
