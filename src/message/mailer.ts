import { createTransport } from 'nodemailer'

/** The mail server that messages are handed to. */
export interface SmtpSettings {
  host: string
  /** 465 speaks TLS from the first byte; others begin in the clear and change to TLS where the server offers it. */
  port: number
  user?: string
  pass?: string
  /** The sender, `Card Office <card-office@example.org>`. */
  from: string
}

/** One message as it goes out; a repeat has the same id, so that the reader's mailbox can tell. */
export interface Letter {
  messageId: string
  language: string
  recipient: string
  subject: string
  body: string
}

/** Hands letters to one mail server, a connection a letter: none is kept that could go stale while it idles. */
export interface Mailer {
  /** Whether the server answers and lets us in; throws with its reason where not. */
  check(): Promise<void>
  /** Resolves when the server has taken the letter on; throws with its words where it has not. */
  send(letter: Letter): Promise<void>
  /** What comes after the @ in our message ids: the sender's own domain. */
  domain: string
  close(): void
}

const answerWithinMs = 10_000

/** Opens the way to the mail server; nothing is connected before the first call. */
export function openMailer({ host, port, user, pass, from }: SmtpSettings): Mailer {
  const transport = createTransport({
    host,
    port,
    secure: port === 465,
    // A password never travels in the clear.
    requireTLS: user !== undefined && port !== 465,
    ...(user === undefined ? {} : { auth: { user, pass: pass ?? '' } }),
    connectionTimeout: answerWithinMs,
    greetingTimeout: answerWithinMs,
    socketTimeout: 2 * answerWithinMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([^\s<>@]+)>?\s*$/u.exec(from)?.[1] ?? 'localhost'
  return {
    domain,
    async check() {
      await transport.verify()
    },
    async send({ messageId, language, recipient, subject, body }) {
      await transport.sendMail({
        from,
        // As an object: a comma in it must not make two addresses of one.
        to: { name: '', address: recipient },
        subject,
        text: body,
        messageId,
        // RFC 3834: nobody's holiday notice answers us.
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      })
    },
    close: () => transport.close(),
  }
}
