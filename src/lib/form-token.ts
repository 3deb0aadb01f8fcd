/** The hidden field in which a page's form tells its session's token. */
export const tokenField = 'form-token'

/** The header in which a page's script tells it. */
export const tokenHeader = 'x-form-token'
