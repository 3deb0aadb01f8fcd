/** U+0000, which PostgreSQL can hold in no text. */
const nul = '\u0000'

const named = (path: string, name: string): string => {
  const said = name.replaceAll(nul, '\u2400')
  return path === '' ? said : `${path}.${said}`
}

/** Where in something that was sent a text has a NUL in it ("owner.zh-TW"), or null. However deep it is; in all fields but one. */
export function fieldWithNul(sent: unknown, but?: string): string | null {
  const left: [path: string, value: unknown][] = [['', sent]]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [path, value] = next
    if (path !== '' && path === but) continue
    if (typeof value === 'string') {
      if (value.includes(nul)) return path
    } else if (value !== null && typeof value === 'object' && !Buffer.isBuffer(value)) {
      for (const [name, each] of Object.entries(value)) {
        if (name.includes(nul)) return named(path, name)
        left.push([named(path, name), each])
      }
    }
  }
  return null
}
