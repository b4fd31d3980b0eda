// The only file that names Office. Callbacks become promises, failures become "nothing there": a host that
// lacks something must never keep the pane from working.
import type { Person } from './board';
import { parseHeaders, replyToOf, tellingHeaders, type Header } from './headers';

export interface MessageFacts {
  internetMessageId: string;
  conversationId: string | null;
  itemId: string | null;
  subject: string | null;
  from: Person;
  sender: Person | null;
  replyTo: Person[];
  receivedAt: string | null;
  headers: Header[] | null;
}

/** What is on screen: nothing, something that has no gate by its nature, or a message. */
export type OnScreen =
  | { kind: 'none' }
  | { kind: 'invitation' | 'unsupported' | 'shared' }
  | { kind: 'message'; facts: MessageFacts };

export interface Host {
  /** Resolves when Outlook answered, or when it is clear that there is no Outlook. */
  ready: Promise<{ outlook: boolean; account: string | null }>;
  onScreen(): Promise<OnScreen>;
  /** Identifies the item on screen without asking anything of it; null when there is none. */
  itemKey(): string | null;
  onItemChanged(tell: () => void): void;
  /** Shows the banner above the message with this key, or removes it (null). Decoration only: failures are silent. */
  banner(itemKey: string, words: string | null): Promise<void>;
  reply(): void;
  onTheme(tell: (dark: boolean | null) => void): void;
}

const bannerKey = 'gate';
const bannerIcon = 'Icon.16';
const longestBanner = 150;
const officeTimeoutMilliseconds = 10_000;

export function createHost(page: Window & typeof globalThis = window): Host {
  const ready = officeLoaded(page)
    .then(async (loaded) => (loaded ? await Office.onReady() : null))
    .then(() => ({ outlook: mailbox() !== null, account: mailbox()?.userProfile?.emailAddress ?? null }))
    .catch(() => ({ outlook: false, account: null }));

  return {
    ready,
    itemKey: () => keyOf(item()),
    async onScreen() {
      const current = item();
      if (!current) return { kind: 'none' };
      if (current.itemType !== 'message' || !current.internetMessageId) return { kind: 'unsupported' };
      if (/^IPM\.Schedule\./i.test(current.itemClass ?? '')) return { kind: 'invitation' };
      const [shared, facts] = await Promise.all([isShared(current), factsOf(current)]);
      return shared ? { kind: 'shared' } : { kind: 'message', facts };
    },
    onItemChanged(tell) {
      try {
        mailbox()?.addHandlerAsync?.(Office.EventType.ItemChanged, tell);
      } catch {
        // Unpinnable hosts lack the event; coming back into focus tells instead.
      }
    },
    async banner(key, words) {
      const current = item();
      // The selection may have moved on while the answer was on its way.
      if (!current?.notificationMessages || keyOf(current) !== key) return;
      const messages = current.notificationMessages;
      if (words === null) {
        await done((tell) => messages.removeAsync(bannerKey, tell));
        return;
      }
      const details = {
        type: 'informationalMessage',
        message: words.slice(0, longestBanner),
        icon: bannerIcon,
        persistent: false,
      } as Office.NotificationMessageDetails;
      const replaced = await done((tell) => messages.replaceAsync(bannerKey, details, tell));
      if (!replaced) await done((tell) => messages.addAsync(bannerKey, details, tell));
    },
    reply() {
      try {
        item()?.displayReplyForm('');
      } catch {
        // Mobile hosts have no reply form; the rep replies with Outlook's own button.
      }
    },
    onTheme(tell) {
      const read = () => {
        try {
          tell(isDark(Office.context.officeTheme?.bodyBackgroundColor));
        } catch {
          tell(null);
        }
      };
      void ready.then(({ outlook }) => {
        if (!outlook) return;
        read();
        try {
          mailbox()?.addHandlerAsync?.(Office.EventType.OfficeThemeChanged, read);
        } catch {
          // Before Mailbox 1.14 there is no such event.
        }
      });
    },
  };
}

/** Whether a background colour such as "#1f1f1f" is dark; null when it cannot be told. */
export function isDark(colour: string | undefined): boolean | null {
  const match = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? '');
  if (!match) return null;
  const [red, green, blue] = match.slice(1).map((part) => Number.parseInt(part, 16));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! < 128;
}

/** Office.js comes asynchronously, from elsewhere, and may never come. */
function officeLoaded(page: Window & typeof globalThis): Promise<boolean> {
  const here = () => typeof Office !== 'undefined' && typeof Office.onReady === 'function';
  if (here()) return Promise.resolve(true);
  const script = page.document.getElementById('office');
  if (!script) return Promise.resolve(false);
  return new Promise((resolve) => {
    script.addEventListener('load', () => resolve(here()));
    script.addEventListener('error', () => resolve(false));
    page.setTimeout(() => resolve(here()), officeTimeoutMilliseconds);
  });
}

function mailbox(): Office.Mailbox | null {
  try {
    return Office.context?.mailbox ?? null;
  } catch {
    return null;
  }
}

function item(): Office.MessageRead | null {
  return (mailbox()?.item as Office.MessageRead | null | undefined) ?? null;
}

function keyOf(current: Office.MessageRead | null): string | null {
  return current ? current.itemId || current.internetMessageId || null : null;
}

async function factsOf(current: Office.MessageRead): Promise<MessageFacts> {
  const all = await headersOf(current);
  return {
    internetMessageId: current.internetMessageId.trim(),
    conversationId: asGraphId(current.conversationId),
    itemId: asGraphId(current.itemId),
    subject: current.subject || null,
    from: personOf(current.from) ?? { name: null, address: null },
    sender: personOf(current.sender),
    replyTo: all ? replyToOf(all) : [],
    receivedAt: instantOf(current.dateTimeCreated),
    headers: all ? tellingHeaders(all) : null,
  };
}

function personOf(details: Office.EmailAddressDetails | null | undefined): Person | null {
  return details ? { name: details.displayName || null, address: details.emailAddress || null } : null;
}

function instantOf(value: Date | string | null | undefined): string | null {
  const date = value ? new Date(value) : null;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : null;
}

/** Office gives EWS ids on the desktop and the web, Graph wants its own form. */
function asGraphId(id: string | null | undefined): string | null {
  if (!id) return null;
  try {
    return mailbox()?.convertToRestId?.(id, 'v2.0' as Office.MailboxEnums.RestVersion) ?? id;
  } catch {
    return id;
  }
}

async function headersOf(current: Office.MessageRead): Promise<Header[] | null> {
  if (typeof current.getAllInternetHeadersAsync !== 'function') return null;
  const raw = await value<string>((tell) => current.getAllInternetHeadersAsync(tell));
  return typeof raw === 'string' ? parseHeaders(raw) : null;
}

/** Outlook fails this question for mail of the rep's own mailbox. */
async function isShared(current: Office.MessageRead): Promise<boolean> {
  if (typeof current.getSharedPropertiesAsync !== 'function') return false;
  const shared = await value<{ targetMailbox?: string }>((tell) => current.getSharedPropertiesAsync(tell));
  const target = shared?.targetMailbox?.toLowerCase();
  return !!target && target !== mailbox()?.userProfile?.emailAddress?.toLowerCase();
}

type Ask<T> = (tell: (result: Office.AsyncResult<T>) => void) => void;

/** An Office call's value, or null when it failed, threw, or never answered. */
function value<T>(ask: Ask<T>): Promise<T | null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), 2_000);
    try {
      ask((result) => resolve(succeeded(result) ? result.value : null));
    } catch {
      resolve(null);
    }
  });
}

function done(ask: Ask<void>): Promise<boolean> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), 2_000);
    try {
      ask((result) => resolve(succeeded(result)));
    } catch {
      resolve(false);
    }
  });
}

const succeeded = (result: Office.AsyncResult<unknown>) => String(result.status) === 'succeeded';
