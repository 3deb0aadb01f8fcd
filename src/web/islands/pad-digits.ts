/**
 * A number of fixed length is shown as it will be sent: full-width digits made plain, spaces and dashes taken out, zeros in
 * front. The server does the same; this only shows it before.
 */
for (const field of document.querySelectorAll<HTMLInputElement>('input[data-most]')) {
  field.addEventListener('change', () => {
    const digits = field.value.normalize('NFKC').replace(/[\s\p{Pd}\u2212\u30FC]/gu, '')
    const { least, most } = field.dataset
    if (/^\d+$/.test(digits) && digits.length >= Number(least) && digits.length <= Number(most))
      field.value = digits.padStart(Number(most), '0')
  })
}
