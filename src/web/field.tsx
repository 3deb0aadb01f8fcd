import { type ComponentProps, type ReactNode, useId } from 'react'
import { useWords } from './surroundings.tsx'
import { words } from './words.ts'

/** A form's field: its label, a hint on how to fill it, and what is wrong with what was filled in. */
export function Field({
  label,
  hint,
  error,
  ...input
}: {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
} & Omit<ComponentProps<'input'>, 'id' | 'style'>) {
  const w = useWords(words)
  const own = useId()
  const id = input.name ?? own
  const told = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className={error ? 'field wrong' : 'field'}>
      <label htmlFor={id}>
        {label}
        {!input.required && <span className="optional">{w.optional}</span>}
      </label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <input
        {...input}
        id={id}
        aria-describedby={told || undefined}
        aria-invalid={error ? true : undefined}
      />
    </div>
  )
}

/** All that is wrong with a form, at its top, each with a way to its field (by the field's `name`). */
export function FormErrors({ errors }: { errors: readonly { field: string; text: string }[] }) {
  const w = useWords(words)
  if (errors.length === 0) return null
  return (
    <div className="notice tone-no" role="alert">
      <div>
        <p className="notice-title">{w.fixThese}</p>
        <ul>
          {errors.map(error => (
            <li key={error.field}>
              <a href={`#${error.field}`}>{error.text}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
