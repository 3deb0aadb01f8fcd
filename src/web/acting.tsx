import { type ComponentProps, createContext, type ReactNode, useContext } from 'react'
import { PostForm } from './post-form.tsx'

/** Who presses the buttons of a holder's page: the holder, on pages of their own; or a clerk, for who stands there. */
export interface Acting {
  /** Under which address the forms are taken. */
  under: string
  /** What each form tells besides its own fields. */
  told: Readonly<Record<string, string>>
  /** The part of the page that says why a form was not accepted; null: the page's top. */
  at: string | null
  /** The page that everything leads back to; null: each page is one of its own, under the same address. */
  backTo: string | null
  /** For whom a clerk acts, said at the top of a page; null where holders act for themselves. */
  forWhom: ReactNode
}

const ActingContext = createContext<Acting>({
  under: '/my-card',
  told: {},
  at: null,
  backTo: null,
  forWhom: null,
})

/** Says that what is inside is used by a clerk for somebody who is present. */
export const ActingFor = ({ acting, children }: { acting: Acting; children: ReactNode }) => (
  <ActingContext value={acting}>{children}</ActingContext>
)

/** One part of such a page, which answers for the forms in it. */
export function ActingPart({ at, children }: { at: string; children: ReactNode }) {
  return <ActingContext value={{ ...useContext(ActingContext), at }}>{children}</ActingContext>
}

/** Whether a clerk presses the buttons, for somebody who is present. */
export const useAtDesk = (): boolean => useContext(ActingContext).forWhom !== null

/** The address of a holder's page ("/loss"), or of the one page that shows all of them. */
export function useHolderPage(path: string): string {
  const { under, backTo } = useContext(ActingContext)
  return backTo ?? `${under}${path}`
}

/** For whom this is done, where a clerk does it. */
export const ForWhom = () => useContext(ActingContext).forWhom

/** A form of a holder's page, sent to who takes it: `to` is the act's path, as "/loss/withdrawal". */
export function HolderForm({
  to,
  children,
  ...form
}: { to: string; children: ReactNode } & Omit<ComponentProps<'form'>, 'action'>) {
  const { under, told, at } = useContext(ActingContext)
  const action = `${under}${to}${at === null ? '' : `#${at}`}`
  const fields = (
    <>
      {Object.entries(told).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </>
  )
  // What only asks says no token: it would stand in the address.
  return form.method === 'get' ? (
    <form {...form} action={action}>
      {fields}
    </form>
  ) : (
    <PostForm {...form} action={action}>
      {fields}
    </PostForm>
  )
}
