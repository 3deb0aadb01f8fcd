/** The header in which a page of the staff says that it asks by itself, and nobody has touched it for a minute. */
export const idleHeader = 'x-nobody-here'
