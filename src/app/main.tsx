import { Gallery } from '../web/gallery.tsx'
import { MessagePage, NotFoundPage, RefusedPage } from '../web/message-page.tsx'
import { type Pages, rendering } from '../web/render.tsx'
import { StaffPage } from '../web/staff/document.tsx'

/**
 * Every page that the server renders, by the name its route asks for: `reply.page('my-card', props)`.
 * `gallery` shows all components to the browser tests; no route leads there.
 */
const pages = {
  message: MessagePage,
  'not-found': NotFoundPage,
  refused: RefusedPage,
  staff: StaffPage,
  gallery: Gallery,
} satisfies Pages

/** Turns a page's name, props and surroundings into HTML; the server loads it from `dist/server/pages.js`. */
export const render = rendering(pages)
