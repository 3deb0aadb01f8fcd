import { roleNames, type StaffRole } from '../lib/roles.ts'
import type { Bilingual } from '../lib/words.ts'
import { Page } from '../web/layout.tsx'
import { PostForm } from '../web/post-form.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { signInWords } from './words.ts'

/** A role that somebody may act in, as the page offers it. */
export interface OfferedRole {
  /** Its id; "student" for oneself as a student. */
  as: string
  role: StaffRole | 'student'
  /** Its counter, buildings or doors; null where it has none to tell. */
  place: Bilingual | null
  now: boolean
}

export interface RolePageProps {
  roles: OfferedRole[]
  returnTo: string
}

/** Who has several roles says in which one to act: one tap, without scripts. */
export function RolePage({ roles, returnTo }: RolePageProps) {
  const w = useWords(signInWords).roles
  const { language } = useShell()
  return (
    <Page title={w.title} islands={['once']}>
      <h1>{w.title}</h1>
      <p>{w.about}</p>
      <PostForm action="/sign-in/as" className="chooser">
        <input type="hidden" name="return_to" value={returnTo} />
        <ul>
          {roles.map(({ as, role, place, now }) => (
            <li key={as}>
              <button type="submit" name="as" value={as} className="quiet">
                <strong>{role === 'student' ? w.student : roleNames[role][language]}</strong>
                {now && <span className="chooser-number">{w.now}</span>}
                <span className="chooser-what">
                  {role === 'student' ? w.studentAbout : (place?.[language] ?? '')}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </PostForm>
    </Page>
  )
}
