import type { ComponentType } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Shell } from './shell.ts'
import { InShell } from './surroundings.tsx'

/** Pages by name; each takes the props that its route computes. */
export type Pages = Readonly<Record<string, ComponentType<never>>>

/** Makes a page of its name, its props and its surroundings into a complete HTML document. */
export type Render = (page: string, props: object, shell: Shell) => string

/** The function that renders these pages. An unknown name is a fault of the route that asked for it. */
export function rendering(pages: Pages): Render {
  return (page, props, shell) => {
    const Component = Object.hasOwn(pages, page) ? (pages[page] as ComponentType<object>) : undefined
    if (!Component) throw new Error(`No page "${page}" is registered in src/app/main.tsx`)
    return `<!doctype html>${renderToStaticMarkup(
      <InShell shell={shell}>
        <Component {...props} />
      </InShell>,
    )}`
  }
}
