import type { ReactNode } from 'react'
import { useShell } from './surroundings.tsx'

/** The whole HTML document: language, theme, title, style sheets and scripts. Rooms use `Page`, which sits on it. */
export function HtmlDocument({
  title,
  style,
  styles = [],
  scripts,
  preloads = [],
  indexed = false,
  installable = false,
  children,
}: {
  title: string
  /** Carried in the page; its hash is in the policy, so it must stay exactly as it is. */
  style?: string
  styles?: readonly string[]
  scripts: readonly string[]
  preloads?: readonly string[]
  /** Whether search engines may list the page: only public ones. */
  indexed?: boolean
  /** Whether a phone may keep it among its applications. */
  installable?: boolean
  children: ReactNode
}) {
  const { language, theme, nonce } = useShell()
  return (
    <html
      lang={language}
      data-theme={theme === 'auto' ? undefined : theme}
      data-mantine-color-scheme={theme === 'auto' ? undefined : theme}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'auto' ? 'light dark' : theme} />
        {!indexed && <meta name="robots" content="noindex" />}
        <meta name="format-detection" content="telephone=no" />
        <title>{title}</title>
        <link rel="icon" href={icon} />
        {installable && (
          <>
            <link rel="manifest" href="/manifest.webmanifest" crossOrigin="use-credentials" />
            <link rel="apple-touch-icon" href="/icon-180.png" />
            <meta name="theme-color" content="#0b4ea2" />
          </>
        )}
        {style !== undefined && <style>{style}</style>}
        {styles.map(href => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {preloads.map(href => (
          <link key={href} rel="modulepreload" href={href} />
        ))}
        {scripts.map(src => (
          <script key={src} type="module" src={src} nonce={nonce ?? undefined} />
        ))}
      </head>
      <body>{children}</body>
    </html>
  )
}

const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b4ea2"/>' +
    '<path d="M8 25V15a8 8 0 0 1 16 0v10" fill="none" stroke="#fff" stroke-width="3"/>' +
    '<path d="M13.5 25v-9.5a2.5 2.5 0 0 1 5 0V25" fill="none" stroke="#fff" stroke-width="2.4"/></svg>',
)}`
