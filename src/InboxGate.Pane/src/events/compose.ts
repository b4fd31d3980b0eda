// The bar above a new reply to mail that is still to be earned, with a way into the pane.
import { isCompose } from '../asking';
import { isShared, questionOf, writingOf } from '../question';
import { bar, endOf, itemOf, outlook, ticketOf, words } from './outlook';
import { namesOriginal } from './send';
import { replyCheck } from './server';

const patience = 15_000;
const patienceWithServer = 5_000;

export function onNewMessageCompose(event: Office.AddinCommands.Event) {
  const end = endOf(event, patience);
  remind().then(() => end(), () => end());
}

function remind(): Promise<unknown> {
  return Promise.resolve().then(() => {
    const mailbox = outlook();
    const item = itemOf(mailbox);
    const ticket = ticketOf(mailbox);
    if (!ticket || !isCompose(item)) return null;
    return Promise.all([writingOf(item), isShared(mailbox, item), questionOf(mailbox, item)] as const).then(([writing, shared, question]) => {
      if (writing !== 'reply' || shared || !namesOriginal(question)) return null;
      return replyCheck(ticket, question, patienceWithServer).then(({ callsRemaining }) => {
        if (callsRemaining > 0) return bar(item, words().owed(callsRemaining), true);
        return null;
      });
    });
  });
}
