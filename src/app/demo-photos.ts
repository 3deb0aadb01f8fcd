import { readPicture } from '../photo/read-picture.ts'
import { takePhoto } from '../photo/take-photo.ts'
import { personByNumber } from '../roster/store.ts'
import type { Register } from '../server/register.ts'
import { seeded } from './made-up.ts'
import { triedStudents } from './tried-students.ts'

const grounds = ['#dfe8ee', '#e9e4da', '#e2ece2', '#ece3ea'] as const
const skins = ['#f0cfb0', '#e0b48c', '#c99468', '#8f5f3e'] as const
const hairs = ['#1d1a18', '#3a2b20', '#5b4632', '#2b2f3a'] as const
const shirts = ['#31566b', '#6b3b3b', '#3d5c3f', '#55496b', '#7a5a23'] as const

/** A drawn face, plainly no photo of anybody; another one for each number. */
function drawing(number: number): string {
  const below = seeded(number)
  const pick = (colours: readonly string[]) => colours[below(colours.length)]!
  const [ground, skin, hair, shirt] = [pick(grounds), pick(skins), pick(hairs), pick(shirts)]
  const long = below(2) === 1
  const glasses = below(3) === 0
  return `<svg xmlns="http://www.w3.org/2000/svg" width="420" height="540" viewBox="0 0 420 540">
    <rect width="420" height="540" fill="${ground}"/>
    ${long ? `<path d="M95 470V230a115 130 0 0 1 230 0v240z" fill="${hair}"/>` : ''}
    <path d="M40 540a170 150 0 0 1 340 0z" fill="${shirt}"/>
    <rect x="172" y="330" width="76" height="90" rx="30" fill="${skin}"/>
    <ellipse cx="210" cy="250" rx="92" ry="118" fill="${skin}"/>
    <path d="M112 240a98 120 0 0 1 196 0q-20 -52 -60 -62q-70 22 -136 62z" fill="${hair}"/>
    <circle cx="176" cy="252" r="9" fill="#222"/><circle cx="244" cy="252" r="9" fill="#222"/>
    ${glasses ? '<g fill="none" stroke="#333" stroke-width="6"><circle cx="176" cy="252" r="27"/><circle cx="244" cy="252" r="27"/><path d="M203 252h14"/></g>' : ''}
    <path d="M210 262l-10 38h18" fill="none" stroke="#0004" stroke-width="5"/>
    <path d="M178 322q32 ${10 + below(20)} 64 0" fill="none" stroke="#a2504a" stroke-width="7" stroke-linecap="round"/>
  </svg>`
}

/** Gives the people of the campus to try whom a visitor can be a drawn photo each, so that a desk has a face to compare. */
export async function drawPhotos(register: Register): Promise<void> {
  const { default: sharp } = await import('sharp')
  for (const { number: studentNumber } of triedStudents) {
    const file = await sharp(Buffer.from(drawing(Number.parseInt(studentNumber, 10))))
      .png()
      .toBuffer()
    const read = await readPicture({ file, cut: false })
    if (!read.ok) throw new Error(`the drawing of ${studentNumber} is no picture: ${read.refusal}`)
    await register.aside({ kind: 'system', id: 'set-up' }, async act => {
      const person = await personByNumber(act, studentNumber)
      if (person) await takePhoto(act, { personId: person.id, by: 'office', picture: read.picture })
    })
  }
}
