import { Field } from '../web/field.tsx'
import { Page } from '../web/layout.tsx'
import { Notice } from '../web/panel.tsx'
import { PostForm } from '../web/post-form.tsx'
import { useWords } from '../web/surroundings.tsx'
import { emergencyWords } from './break-glass-words.ts'

export interface EmergencyPageProps {
  /** What was wrong with the code before; null where none was tried. */
  refused: 'wrong' | 'enough' | null
}

/** The emergency way in: one field, without scripts. */
export function EmergencyPage({ refused }: EmergencyPageProps) {
  const w = useWords(emergencyWords)
  return (
    <Page title={w.title} islands={['once']}>
      <h1>{w.title}</h1>
      <p>{w.about}</p>
      <PostForm action="/sign-in/break-glass" className="emergency">
        {refused === 'enough' && (
          <Notice tone="warn" urgent>
            <p>{w.enough}</p>
          </Notice>
        )}
        <Field
          name="code"
          label={w.code}
          hint={w.hint}
          error={refused === 'wrong' ? w.wrong : undefined}
          required
          maxLength={60}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
        <p>{w.follows}</p>
        <p className="actions">
          <button type="submit" className="button">
            {w.signIn}
          </button>
        </p>
      </PostForm>
    </Page>
  )
}
