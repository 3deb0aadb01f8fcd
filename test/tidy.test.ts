import { expect, it } from 'vitest'
it('x', async()=>{
 const {readTree}=await import('./tidy.ts')
 const t=readTree()
 console.log(t.length, t.filter(s=>s.body.length).length, t.reduce((n,s)=>n+s.imports.length,0))
 console.log(t.find(s=>s.path==='src/activation/activate.ts')!.imports)
})
