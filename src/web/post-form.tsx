import type { ComponentProps } from 'react'
import { tokenField } from '../lib/form-token.ts'
import { useShell } from './surroundings.tsx'

/** A form that changes something: it says its session's token, without which the server does nothing. */
export function PostForm({ children, ...form }: Omit<ComponentProps<'form'>, 'method'> & { action: string }) {
  const { formToken } = useShell()
  return (
    <form {...form} method="post">
      {formToken !== null && <input type="hidden" name={tokenField} value={formToken} />}
      {children}
    </form>
  )
}
