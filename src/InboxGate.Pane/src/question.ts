// What tells the server which mail a reply answers. Also part of the event bundle: plain statements only.
import { valueOf } from './asking';

export interface Question {
  inReplyTo: string | null;
  /** In the form of Graph. */
  conversationId: string | null;
  recipients: string[] | null;
}

/** What a message being written is to Outlook: a reply (to all too) asks, everything else does not. */
export type Writing = 'reply' | 'newMail' | 'forward';

type Compose = Office.MessageCompose;
type Read = Office.MessageRead;

/** A question must stay small; whoever wrote the original stands among the first in a reply. */
const mostRecipients = 100;

/** Null before Mailbox 1.10, or when Outlook does not say. */
export function writingOf(item: Compose, patience?: number): Promise<Writing | null> {
  if (typeof item.getComposeTypeAsync !== 'function') return Promise.resolve(null);
  return valueOf<{ composeType?: Writing }>((tell) => item.getComposeTypeAsync(tell), patience)
    .then((value) => (value && value.composeType) || null);
}

export function questionOf(outlook: Office.Mailbox, item: Compose, patience?: number): Promise<Question> {
  return Promise.all([addressesOf(item.to, patience), addressesOf(item.cc, patience)]).then(([to, cc]) => ({
    inReplyTo: textOf(item.inReplyTo),
    conversationId: asGraphId(outlook, item.conversationId),
    recipients: to && to.concat(cc || []).slice(0, mostRecipients),
  }));
}

function addressesOf(field: Office.Recipients | undefined, patience: number | undefined): Promise<string[] | null> {
  if (!field) return Promise.resolve(null);
  return valueOf<Office.EmailAddressDetails[]>((tell) => field.getAsync(tell), patience)
    .then((people) => people && people.map((person) => person.emailAddress).filter((address) => !!address));
}

/** Before Mailbox 1.14 it is undefined, for new mail null, on some clients empty. */
function textOf(id: string | null | undefined): string | null {
  return (id && id.trim()) || null;
}

/** Office gives EWS ids on the desktop and the web, Graph wants its own form. */
export function asGraphId(outlook: Office.Mailbox, id: string | null | undefined): string | null {
  if (!id) return null;
  try {
    if (typeof outlook.convertToRestId === 'function') return outlook.convertToRestId(id, 'v2.0');
  } catch (_error) {
    // An id that Outlook cannot convert may be in that form already, as on mobile.
  }
  return id;
}

/** Outlook fails this question for mail of the rep's own mailbox. */
export function isShared(outlook: Office.Mailbox, item: Read | Compose, patience?: number): Promise<boolean> {
  if (typeof item.getSharedPropertiesAsync !== 'function') return Promise.resolve(false);
  return valueOf<{ targetMailbox?: string }>((tell) => item.getSharedPropertiesAsync(tell), patience).then((shared) => {
    const target = shared && shared.targetMailbox;
    return !!target && target.toLowerCase() !== accountOf(outlook);
  });
}

/** Whose mailbox it is, in lower case. */
export function accountOf(outlook: Office.Mailbox): string | null {
  const { userProfile } = outlook;
  return (userProfile && userProfile.emailAddress && userProfile.emailAddress.toLowerCase()) || null;
}
