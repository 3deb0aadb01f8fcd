import { readdirSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'vite'

/** The students' style sheet and their small scripts, each hashed, and the staff's application in lazy pieces. */
const browser: UserConfig = {
  build: {
    outDir: 'dist/client',
    manifest: true,
    modulePreload: { polyfill: false },
    // A picture inlined as data: would be fetched again with every page; nothing is worth that.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: [
        'src/web/styles.css',
        'src/app/staff.tsx',
        'src/web/service-worker.ts',
        ...readdirSync('src/web/islands').map(file => `src/web/islands/${file}`),
      ],
    },
  },
}

/** All server-rendered pages as one file with React inside: quick to load, and always React's production build. */
const server: UserConfig = {
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true },
  build: {
    outDir: 'dist/server',
    target: 'node26',
    rolldownOptions: { input: { pages: 'src/app/main.tsx' } },
  },
}

export default defineConfig(({ isSsrBuild }) => ({
  clearScreen: false,
  publicDir: false,
  plugins: [react()],
  ...(isSsrBuild ? server : browser),
}))
