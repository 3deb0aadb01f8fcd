/**
 * A form is sent once: a second tap while the first is on its way does nothing, and the button says that it works.
 * Without scripts the act's own idempotency holds; this only spares people the doubt.
 */
for (const form of document.forms) {
  form.addEventListener('submit', event => {
    if (form.ariaBusy === 'true') {
      event.preventDefault()
      return
    }
    form.ariaBusy = 'true'
  })
}

// Coming back with the browser's "back" shows the page as it was left: it must be usable again.
window.addEventListener('pageshow', () => {
  for (const form of document.forms) form.ariaBusy = null
})
