// What a handler needs of Outlook: who is there, the ticket, an end that comes once, and the bar above the message.
import { isCompose } from '../asking';
import { plainBar, linkedBar, putBar } from '../bar';
import { accountOf } from '../question';
import { ticketKey, type Ticket } from '../ticket';
import { wordsOf } from './words';

export type Item = Office.MessageRead | Office.MessageCompose;

export function outlook(): Office.Mailbox {
  return Office.context.mailbox;
}

export function itemOf(mailbox: Office.Mailbox): Item | null {
  return (mailbox.item as unknown as Item | null | undefined) || null;
}

export function words() {
  return wordsOf(Office.context.displayLanguage);
}

export function supports(mailboxVersion: string): boolean {
  try {
    return Office.context.requirements.isSetSupported('Mailbox', mailboxVersion);
  } catch (_error) {
    return false;
  }
}

/** The ticket that the pane keeps in roaming settings; null when there is none that the server would take. */
export function ticketOf(mailbox: Office.Mailbox): Ticket | null {
  const kept = Office.context.roamingSettings.get(ticketKey) as Partial<Ticket> | null | undefined;
  if (!kept || typeof kept.ticket !== 'string' || typeof kept.origin !== 'string') return null;
  if (kept.account !== accountOf(mailbox)) return null;
  // What cannot be read as a time is not after now either.
  if (!(Date.parse(String(kept.expiresAt)) > Date.now())) return null;
  return kept as Ticket;
}

/** Tells Outlook that a handler is done: once, whatever else happens, and by itself after so many milliseconds. */
export function endOf(event: Office.AddinCommands.Event, patience: number, byItself?: object): (options?: object) => void {
  let ended = false;
  function end(options?: object) {
    if (ended) return;
    ended = true;
    try {
      event.completed(options);
    } catch (_error) {
      // An Outlook that will not take these options must not be left waiting.
      event.completed(byItself);
    }
  }
  setTimeout(() => end(byItself), patience);
  return end;
}

export const paneButton = 'OpenPaneCompose';

/** Puts our bar above the message, with a way into the pane where Outlook has that. */
export function bar(item: Item | null, text: string, withLink: boolean): Promise<boolean> {
  if (!item || !item.notificationMessages) return Promise.resolve(false);
  if (!withLink || !isCompose(item) || !supports('1.10') || isPhone()) return putBar(item, plainBar(text));
  return putBar(item, linkedBar(text, words().open, paneButton)).then((shown) => shown || putBar(item, plainBar(text)));
}

function isPhone(): boolean {
  const platform = String(Office.context.platform).toLowerCase();
  return platform === 'ios' || platform === 'android';
}
