// Which account belongs to the mailbox that is open. Most sign in by their mail address; who does not is asked once.
const agreedKey = (mailbox: string) => `inboxgate.signin.${mailbox}`;

/** The name to sign in with for this mailbox. */
export function expectedAccount(mailbox: string): string {
  try {
    return localStorage.getItem(agreedKey(mailbox)) ?? mailbox;
  } catch {
    return mailbox;
  }
}

export const isExpected = (username: string, mailbox: string) => username.toLowerCase() === expectedAccount(mailbox);

/** From now on this account is the mailbox's, although it is called otherwise. */
export function agree(username: string, mailbox: string) {
  try {
    localStorage.setItem(agreedKey(mailbox), username.toLowerCase());
  } catch {
    // Without storage the rep is asked again next time.
  }
}
