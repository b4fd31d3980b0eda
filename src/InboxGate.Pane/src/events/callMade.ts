// "Call made" in the ribbon, of a message being read or written, and in the send dialog. Answers where it was clicked.
import { isCompose, valueOf } from '../asking';
import { accountOf, asGraphId, isShared, questionOf, type Question } from '../question';
import { newId } from './newId';
import { bar, endOf, itemOf, outlook, ticketOf, words, type Item } from './outlook';
import { fromDialog } from './send';
import { logCall, type Standing } from './server';
import { addToMade, keep, settle, waitingCount } from './waiting';
import { sentences } from './words';

const patience = 20_000;
const patienceWithServer = 6_000;

export function callMade(event: Office.AddinCommands.Event) {
  const end = endOf(event, patience);
  // Whatever throws in here comes out as a rejection.
  Promise.resolve().then(logAndSay).then(() => end(), () => end());
}

function logAndSay(): Promise<unknown> {
  const mailbox = outlook();
  const item = itemOf(mailbox);
  const account = accountOf(mailbox);
  const id = newId();
  // Kept before anything else can go wrong; a pane leaves a fresh click of others alone.
  const kept = keep(id, account);

  return logged(id, mailbox, item).then(
    (standing) => {
      settle(id);
      addToMade(id, account);
      return cameFromDialog(item).then((dialog) => bar(item, standingWords(standing, dialog), standing.callsRemaining > 0));
    },
    () => {
      if (!kept) return bar(item, words().notCounted, true);
      addToMade(id, account);
      return bar(item, words().waiting(waitingCount(account)), false);
    },
  );
}

function logged(id: string, mailbox: Office.Mailbox, item: Item | null): Promise<Standing> {
  const ticket = ticketOf(mailbox);
  if (!ticket) return Promise.reject(new Error('There is no ticket.'));
  return mailOf(mailbox, item).then((question) => logCall(id, ticket, question, patienceWithServer));
}

const noMail: Question = { inReplyTo: null, conversationId: null, recipients: null };

/** The mail whose answer the call may earn: the one being read, or the one being answered. */
function mailOf(mailbox: Office.Mailbox, item: Item | null): Promise<Question> {
  if (!item) return Promise.resolve(noMail);
  return isShared(mailbox, item).then((shared) => {
    if (shared) return noMail;
    if (isCompose(item)) return questionOf(mailbox, item);
    const { internetMessageId, conversationId, from } = item;
    return {
      inReplyTo: (internetMessageId && internetMessageId.trim()) || null,
      conversationId: asGraphId(mailbox, conversationId),
      recipients: (from && from.emailAddress && [from.emailAddress]) || null,
    };
  });
}

function cameFromDialog(item: Item | null): Promise<boolean> {
  if (!isCompose(item) || typeof item.getInitializationContextAsync !== 'function') return Promise.resolve(false);
  return valueOf<string>((tell) => item.getInitializationContextAsync(tell)).then((context) => String(context).indexOf(fromDialog) >= 0);
}

function standingWords({ callsRemaining, callsRequired, callsToday }: Standing, dialog: boolean): string {
  const said = words();
  if (callsRemaining > 0) return sentences(said, [said.callMade, said.owed(callsRemaining)]);
  if (callsRequired === 0) return sentences(said, [said.callMade, said.today(callsToday)]);
  if (dialog) return said.earnedToSend;
  return said.earned;
}
