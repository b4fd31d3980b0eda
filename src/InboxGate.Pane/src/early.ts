// The board that the page itself asked for, with the token at hand, while this script was still on its way (taskpane.html).
export interface Early {
  /** Whose token it was, as Outlook said then; null outside Outlook. */
  account: string | null;
  answer: Promise<Response>;
}

export function takeEarly(page: { inboxgateEarly?: Early } = window as { inboxgateEarly?: Early }): Early | null {
  const early = page.inboxgateEarly ?? null;
  // Nobody else waits for it: without this a failure would be reported as nobody's.
  early?.answer.catch(() => undefined);
  delete page.inboxgateEarly;
  return early;
}
