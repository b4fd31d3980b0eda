// Where the pane leaves the reply ticket for the scripts that cannot sign in.

export interface Ticket {
  ticket: string;
  expiresAt: string;
  /** Lower case. */
  account: string;
  /** Where to ask: a script that runs without a page cannot know. */
  origin: string;
}

export const ticketKey = 'inboxgate.ticket';
