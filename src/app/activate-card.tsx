import { HolderForm } from '../web/acting.tsx'
import { Field } from '../web/field.tsx'
import { Panel } from '../web/panel.tsx'
import { useWords } from '../web/surroundings.tsx'
import { words } from './student-words.ts'

/** The form that switches the new card on: the last digits printed on it, and one button (the notice's point 5). */
export function ActivateCard({ error }: { error: string | null }) {
  const w = useWords(words)
  return (
    <Panel title={w.activateTitle}>
      <HolderForm to="/activation" id="activate">
        <Field
          name="possession"
          label={w.digits}
          hint={w.digitsHint}
          error={error}
          autoComplete="off"
          maxLength={40}
          required
          autoFocus={error !== null}
        />
        <p className="actions">
          <button type="submit">{w.activate}</button>
        </p>
        <p className="final-note">{w.finalNote}</p>
      </HolderForm>
    </Panel>
  )
}
