// Keeps the ticket with which the send reminder and the ribbon's button, which cannot sign in, ask the server.
// It lies in roaming settings, where they find it; without one the mail goes.
import type { Api } from './api';
import type { Host } from './host';

export interface Ticket {
  ticket: string;
  expiresAt: string;
  /** Lower case. */
  account: string;
  /** Where to ask: a script that runs without a page cannot know. */
  origin: string;
}

export const ticketKey = 'inboxgate.ticket';
const askAgainUnderMilliseconds = 6 * 60 * 60 * 1000;

export interface TicketEnds {
  host: Pick<Host, 'settings'>;
  api: Pick<Api, 'ask'>;
  now?: () => number;
  origin?: string;
}

/** Returns what asks for a ticket when `account` has none that lasts. Nothing waits for it, its failures are silent. */
export function createTicket({ host, api, now = Date.now, origin = location.origin }: TicketEnds): (account: string) => Promise<void> {
  let asking: Promise<void> | null = null;

  function lasts(account: string): boolean {
    const kept = readTicket(host.settings.get(ticketKey));
    return kept !== null && kept.account === account && kept.origin === origin
      && Date.parse(kept.expiresAt) - now() > askAgainUnderMilliseconds;
  }

  async function ask(account: string) {
    const answer = (await api.ask('POST', '/api/reply-ticket')) as Partial<Ticket> | null;
    const next = readTicket({ ticket: answer?.ticket, expiresAt: answer?.expiresAt, account, origin });
    if (next) await host.settings.set(ticketKey, next);
  }

  return async (account) => {
    if (lasts(account)) return;
    asking ??= ask(account)
      .catch(() => undefined)
      .finally(() => (asking = null));
    await asking;
  };
}

function readTicket(value: unknown): Ticket | null {
  const { ticket, expiresAt, account, origin } = (value ?? {}) as Partial<Ticket>;
  return typeof ticket === 'string' && typeof expiresAt === 'string' && !Number.isNaN(Date.parse(expiresAt))
    && typeof account === 'string' && typeof origin === 'string'
    ? { ticket, expiresAt, account, origin }
    : null;
}
