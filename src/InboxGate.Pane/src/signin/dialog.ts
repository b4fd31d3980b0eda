// Asks in a window of Outlook's, where signin.html signs in by itself and says what came of it.
import { SignInError } from '../auth';
import { agree, expectedAccount, isExpected } from './mailboxAccount';
import type { DialogAnswer, SignedIn } from './types';

/** Whoever chooses another account than the mailbox's twice means it. */
let offered: string | null = null;

export async function askInDialog(dialog: (address: string) => Promise<string | null>, mailbox: string | null, claims: string | null): Promise<SignedIn> {
  const page = new URL('/signin.html', location.origin);
  page.searchParams.set('dialog', '1');
  if (mailbox) page.searchParams.set('hint', expectedAccount(mailbox));
  if (offered) page.searchParams.set('choose', '1');
  if (claims) page.searchParams.set('claims', claims);

  const answer = read(await dialog(page.href));
  if ('trouble' in answer) throw new SignInError(answer.trouble);
  if (mailbox && !isExpected(answer.username, mailbox)) {
    if (offered !== answer.username) {
      offered = answer.username;
      throw new SignInError('otherAccount');
    }
    agree(answer.username, mailbox);
  }
  offered = null;
  return answer;
}

/** Null means that the window was closed, or never came. */
function read(message: string | null): DialogAnswer {
  if (message === null) return { trouble: 'cancelled' };
  try {
    return JSON.parse(message) as DialogAnswer;
  } catch {
    return { trouble: 'failed' };
  }
}
