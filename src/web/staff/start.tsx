import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  RouterProvider,
  useLocation,
} from '@tanstack/react-router'
import { type ComponentType, lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { makeApi } from '../api.ts'
import { Header } from '../header.tsx'
import { EmptyState } from '../panel.tsx'
import type { Shell } from '../shell.ts'
import { InShell, useWords } from '../surroundings.tsx'
import { words } from '../words.ts'
import { Home } from './home.tsx'
import { watchForSomebody } from './nobody-here.ts'
import { OfCampus } from './of-campus.tsx'
import type { ScreenGroup, StaffNotice } from './screen.ts'
import { cssVariables, theme } from './theme.ts'
import { WithApi } from './use-api.tsx'

/** The head on every screen, what this reader must be told, and the screen. */
function Frame({ notices, alone }: { notices: readonly ComponentType[]; alone: ReadonlySet<string> }) {
  const { pathname, searchStr } = useLocation()
  const w = useWords(words)
  if (alone.has(pathname))
    return (
      <main id="main" className="screen" tabIndex={-1}>
        <Outlet />
      </main>
    )
  return (
    <>
      <Header
        path={`/staff${pathname === '/' ? '' : pathname}${searchStr}`}
        homeHref="/staff"
        area={w.staffTitle}
      />
      <main id="main" className="screen" tabIndex={-1}>
        <Suspense>
          {notices.map((Notice, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is the program's own and never changes
            <Notice key={at} />
          ))}
        </Suspense>
        <Outlet />
      </main>
    </>
  )
}

function Missing() {
  const w = useWords(words)
  return <EmptyState title={w.notFound}>{w.notFoundNext}</EmptyState>
}

function Broken() {
  const w = useWords(words)
  return <EmptyState title={w.screenFailed}>{w.screenFailedNext}</EmptyState>
}

function Waiting() {
  return <p className="waits">{useWords(words).loading}</p>
}

function makeRouter(groups: readonly ScreenGroup[], notices: readonly StaffNotice[], shell: Shell) {
  const screens = groups.flatMap(group => group.screens)
  const concern = notices
    .filter(({ roles }) => roles.some(role => shell.reader?.roles.includes(role)))
    .map(({ load }) => lazy(async () => ({ default: await load() })))
  const alone = new Set(screens.filter(screen => screen.alone).map(({ path }) => path))
  const root = createRootRoute({
    component: () => <Frame notices={concern} alone={alone} />,
    notFoundComponent: Missing,
    errorComponent: Broken,
  })
  const titled = (title: string) => () => ({ title })
  const home = createRoute({
    getParentRoute: () => root,
    path: '/',
    loader: titled(words[shell.language].staffTitle),
    component: () => <Home groups={groups} />,
  })
  const others = screens.flatMap(({ path, title, load }) =>
    load
      ? [
          createRoute({
            getParentRoute: () => root,
            path,
            loader: titled(title[shell.language]),
            component: lazyRouteComponent(async () => ({ default: await load() })),
            pendingComponent: Waiting,
            errorComponent: Broken,
          }),
        ]
      : [],
  )
  return createRouter({
    routeTree: root.addChildren([home, ...others]),
    basepath: '/staff',
    defaultPreload: false,
    scrollRestoration: true,
  })
}

/** Starts the staff's application with these screens and notices, in the document that `StaffPage` rendered. */
export function startStaff(groups: readonly ScreenGroup[], notices: readonly StaffNotice[] = []): void {
  const place = document.getElementById('staff')
  if (!place?.dataset.shell) throw new Error('The staff application was started outside of its document')
  const shell = JSON.parse(place.dataset.shell) as Shell
  const nonce = shell.nonce ?? ''
  // Mantine's scroll lock asks for its nonce here; Mantine itself is handed it below.
  Object.assign(globalThis, { __webpack_nonce__: nonce })
  // After an update of the server, an open page may ask for a piece that is gone: the new page has the new ones.
  window.addEventListener('vite:preloadError', () => window.location.reload())

  const api = makeApi({ ...shell, nobodyHere: watchForSomebody() })
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 2000 } } })
  const router = makeRouter(groups, notices, shell)
  router.subscribe('onRendered', () => {
    const data = router.state.matches.at(-1)?.loaderData as { title?: string } | undefined
    document.title = `${data?.title ?? words[shell.language].staffTitle} | ${shell.campusName[shell.language]}`
  })
  createRoot(place).render(
    <StrictMode>
      <InShell shell={shell}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
          forceColorScheme={shell.theme === 'auto' ? undefined : shell.theme}
          getStyleNonce={() => nonce}
        >
          <WithApi api={api}>
            <QueryClientProvider client={queries}>
              <OfCampus>
                <RouterProvider router={router} />
              </OfCampus>
            </QueryClientProvider>
          </WithApi>
        </MantineProvider>
      </InShell>
    </StrictMode>,
  )
}
