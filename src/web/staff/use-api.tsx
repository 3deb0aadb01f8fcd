import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import type { Answer, Api } from '../api.ts'

const ApiContext = createContext<Api | null>(null)

/** Lets the screens inside reach the API. */
export const WithApi = ({ api, children }: { api: Api; children: ReactNode }) => (
  <ApiContext value={api}>{children}</ApiContext>
)

/** The API client itself, for what the hooks below do not cover. */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('A screen was rendered outside of the staff application')
  return api
}

/** What is written down with each reading is read once for a screen. */
const readOnce = {
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  staleTime: Number.POSITIVE_INFINITY,
} as const

/**
 * Reads a resource and keeps it: `const windows = useGet<Windows>('/windows/today', { everyMs: 5000 })`.
 * Its `data` is the answer, so a refusal is read, not caught; while loading it is undefined. `rememberMs` is how long it is
 * known after the last screen that shows it: five minutes unless said. `journalled` is what is written down with each reading:
 * it is read once for a screen, not again because its window came to the front or the network came back.
 */
export function useGet<Value>(
  path: string,
  {
    everyMs,
    enabled = true,
    rememberMs,
    journalled = false,
  }: { everyMs?: number; enabled?: boolean; rememberMs?: number; journalled?: boolean } = {},
): UseQueryResult<Answer<Value>> {
  const api = useApi()
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<Value>(path, { signal }),
    refetchInterval: everyMs ?? false,
    enabled,
    ...(rememberMs === undefined ? {} : { gcTime: rememberMs }),
    ...(journalled ? readOnce : {}),
  })
}

/**
 * Reads what a search finds, as `useGet` does. It is a POST: whom it is about stands in its body, never in an address,
 * which servers on the way write down. Where it is `journalled`, each page is read once, and anew when the screen is opened
 * again.
 */
export function useSearch<Value>(
  path: string,
  body: object,
  { journalled = false }: { journalled?: boolean } = {},
): UseQueryResult<Answer<Value>> {
  const api = useApi()
  return useQuery({
    queryKey: [path, body],
    queryFn: () => api.post<Value>(path, body),
    ...(journalled ? { ...readOnce, gcTime: 0 } : {}),
  })
}

/**
 * An act: `const handOver = useAct<Body, Handover>('/handovers', { refresh: ['/desk'] })`, then
 * `const answer = await handOver.mutateAsync(body)`. After a yes, what was read under the `refresh` paths is read anew.
 */
export function useAct<Body, Value>(
  path: string,
  { refresh = [], method = 'post' }: { refresh?: readonly string[]; method?: 'post' | 'delete' } = {},
) {
  const api = useApi()
  const known = useQueryClient()
  return useMutation({
    mutationFn: (body: Body) => (method === 'delete' ? api.delete<Value>(path) : api.post<Value>(path, body)),
    onSuccess: async answer => {
      if (!answer.ok) return
      await known.invalidateQueries({
        predicate: ({ queryKey }) => refresh.some(prefix => String(queryKey[0]).startsWith(prefix)),
      })
    },
  })
}
