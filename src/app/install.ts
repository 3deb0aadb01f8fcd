import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { programmeOrNull } from '../programme/store.ts'
import type { Database } from '../server/database.ts'
import type { Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import { words } from './my-card-words.ts'

const iconSizes = [180, 192, 512] as const
const iconsFolder = join(import.meta.dirname, '../web/icons')

/** The routes by which a phone keeps "my card" among its applications: the manifest (W3C Web Application Manifest) and icons. */
export function installRoutes(server: Server, { database }: { database: Database }): void {
  const open = { config: { policy: 'public' }, schema: { hide: true } } as const

  server.get('/manifest.webmanifest', open, async (request, reply) => {
    const { language } = request
    const programme = await database.transaction(programmeOrNull)
    const name = words[language].title
    return reply
      .type('application/manifest+json; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('vary', 'accept-language, cookie')
      .send({
        id: '/my-card',
        name: programme ? `${name}・${programme.campus.name[language]}` : name,
        short_name: name,
        lang: language,
        start_url: '/my-card',
        scope: '/',
        display: 'standalone',
        background_color: '#ffffff',
        theme_color: '#0b4ea2',
        icons: iconSizes.map(size => ({
          src: `/icon-${size}.png`,
          sizes: `${size}x${size}`,
          type: 'image/png',
          purpose: 'any maskable',
        })),
      })
  })

  for (const size of iconSizes)
    server.get(`/icon-${size}.png`, open, async (request, reply) => {
      const icon = await readFile(join(iconsFolder, `${size}.png`)).catch(() => null)
      if (icon === null) throw problem(404, 'not-found', request.language)
      return reply.type('image/png').header('cache-control', 'public, max-age=604800').send(icon)
    })
}
