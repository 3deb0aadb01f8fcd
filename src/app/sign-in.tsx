import { roleNames, type StaffRole } from '../lib/roles.ts'
import type { Bilingual } from '../lib/words.ts'
import { Page } from '../web/layout.tsx'
import { Notice } from '../web/panel.tsx'
import { PostForm } from '../web/post-form.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'

const zhTW = {
  title: '登入示範校園',
  about: '這裡的人物皆為虛構。選一位，就以他的身分使用本系統；隨時可以換人。',
  students: '學生',
  staff: '同仁',
}
const en: typeof zhTW = {
  title: 'Sign in to the demo campus',
  about: 'All people here are fictional. Choose one to use the system as that person; change at any time.',
  students: 'Students',
  staff: 'Staff',
}
const words = { 'zh-TW': zhTW, en }

export interface SignInProps {
  students: { who: string; name: Bilingual; what: Bilingual }[]
  staff: { who: string; name: Bilingual; role: StaffRole; place: Bilingual | null }[]
}

/** The demo's way in: one tap on whom to be. */
export function SignInPage({ students, staff }: SignInProps) {
  const w = useWords(words)
  const { language } = useShell()
  return (
    <Page title={w.title} islands={['once']}>
      <h1>{w.title}</h1>
      <Notice tone="info">
        <p>{w.about}</p>
      </Notice>
      <PostForm action="/sign-in" className="chooser">
        <h2>{w.students}</h2>
        <ul>
          {students.map(({ who, name, what }) => (
            <li key={who}>
              <button type="submit" name="who" value={who} className="quiet">
                <strong>{name[language]}</strong>
                <span className="chooser-number">{who}</span>
                <span className="chooser-what">{what[language]}</span>
              </button>
            </li>
          ))}
        </ul>
        <h2>{w.staff}</h2>
        <ul>
          {staff.map(({ who, name, role, place }) => (
            <li key={who}>
              <button type="submit" name="who" value={who} className="quiet">
                <strong>{name[language]}</strong>
                <span className="chooser-number">{who}</span>
                <span className="chooser-what">
                  {roleNames[role][language]}
                  {place && ` · ${place[language]}`}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </PostForm>
    </Page>
  )
}
