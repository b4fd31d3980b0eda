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

/** Null before Mailbox 1.10, or when Outlook does not say. */
export function writingOf(item: Compose, patience?: number): Promise<Writing | null> {
  if (typeof item.getComposeTypeAsync !== 'function') return Promise.resolve(null);
  return valueOf<{ composeType?: Writing }>((tell) => item.getComposeTypeAsync(tell), patience).then((value) => {
    if (value && value.composeType) return value.composeType;
    return null;
  });
}

/** A question must stay small; whoever wrote the original stands among the first in a reply. */
const mostRecipients = 100;

export function questionOf(item: Compose, asGraphId: (id: string | null | undefined) => string | null, patience?: number): Promise<Question> {
  return Promise.all([addressesOf(item.to, patience), addressesOf(item.cc, patience)]).then(([to, cc]) => ({
    inReplyTo: textOf(item.inReplyTo),
    conversationId: asGraphId(item.conversationId),
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
