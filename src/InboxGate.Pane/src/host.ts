// The only file of the pane that names Office. Callbacks become promises, failures become "nothing there": a host
// that lacks something must never keep the pane from working. What the first drawing does not need comes later.
import { isCompose, succeeds } from './asking';
import type { Person } from './board';
import type { Header } from './headers';
import type { Question } from './question';

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

/** What is on screen: nothing, several messages, something that has no gate by its nature, a message, or one being written. */
export type OnScreen =
  | { kind: 'none' | 'several' }
  | { kind: 'invitation' | 'unsupported' | 'shared' }
  | { kind: 'message'; facts: MessageFacts }
  | { kind: 'reply'; question: Question }
  | { kind: 'newMail' };

export interface Ready {
  outlook: boolean;
  account: string | null;
  /** The language that Outlook speaks, such as "de-DE". */
  language: string | null;
  nestedAppAuth: boolean;
}

/** As "#rrggbb". */
export interface ThemeColours {
  bodyBackground: string;
  bodyForeground: string;
  controlBackground: string;
  controlForeground: string;
}

/** `dark` is null where Outlook does not say: the browser's preference holds then. */
export interface Theme { dark: boolean | null; colours: ThemeColours | null }

export interface NewMessage { to: string[]; subject: string; htmlBody: string }

export interface Host {
  /** Resolves when Outlook answered, or when it is clear that there is no Outlook. */
  ready: Promise<Ready>;
  onScreen(): Promise<OnScreen>;
  /** Identifies the item on screen without asking anything of it; null when there is none. */
  itemKey(): string | null;
  onItemChanged(tell: () => void): void;
  /**
   * Shows the banner above the message with this key, or removes it (null). Decoration only: failures are silent.
   * False when another message is selected by now, which Outlook may not have told.
   */
  banner(itemKey: string, words: string | null): Promise<boolean>;
  /** Tells, by its id, of a call logged in the send dialog of an Outlook that can only open the pane for it. Maybe again. */
  onDialogCall(tell: (id: string) => void): void;
  reply(): void;
  /** Opens a message in a window of its own; false where that cannot be. */
  open(itemId: string): Promise<boolean>;
  newMessage(message: NewMessage): Promise<boolean>;
  /** Opens a page of ours in a dialog: its first message, or null when it was closed or could not be opened. */
  dialog(address: string): Promise<string | null>;
  /** Kept by Outlook with the mailbox, wherever the rep opens it. Null or false where there is no Outlook. */
  settings: {
    get(key: string): unknown;
    set(key: string, value: unknown): Promise<boolean>;
  };
  onTheme(tell: (theme: Theme) => void): void;
}

const officeTimeoutMilliseconds = 10_000;

const nobody: Ready = { outlook: false, account: null, language: null, nestedAppAuth: false };

export function createHost(page: Window & typeof globalThis = window): Host {
  const ready = officeLoaded(page)
    .then(async (loaded) => (loaded ? await Office.onReady() : null))
    .then(() => (mailbox() ? welcome() : nobody))
    .catch(() => nobody);
  // Beside the rest, not in front of it: the first drawing waits for no message.
  const screen = import('./screen');
  const windows = () => import('./windows');
  // One after the other: a replacement must find what it replaces.
  let writing = Promise.resolve(true);

  return {
    ready,
    itemKey: () => keyOf(item()),
    async onScreen() {
      const { onScreen } = await screen.catch(() => import('./screen'));
      return onScreen(mailbox());
    },
    onItemChanged(tell) {
      listen('ItemChanged', tell);
      // Selecting several leaves no item; where that cannot be done there is no such event either.
      listen('SelectedItemsChanged', () => item() || tell());
    },
    banner: (key, words) => (writing = writing.then(async () => {
      const { putBanner } = await screen;
      return putBanner(item, keyOf, key, words);
    }).catch(() => true)),
    onDialogCall: (tell) => void screen.then(({ onDialogCall }) => onDialogCall(mailbox(), tell), () => undefined),
    reply() {
      try {
        item()?.displayReplyForm('');
      } catch {
        // Mobile hosts have no reply form; the rep replies with Outlook's own button.
      }
    },
    open: async (itemId) => (await windows()).openMessage(mailbox(), itemId),
    newMessage: async (message) => (await windows()).openNewMessage(mailbox(), message),
    dialog: async (address) => (await windows()).openDialog(address),
    settings: {
      get(key) {
        try {
          return Office.context.roamingSettings.get(key) ?? null;
        } catch {
          return null;
        }
      },
      set: (key, kept) =>
        succeeds((tell) => {
          Office.context.roamingSettings.set(key, kept);
          Office.context.roamingSettings.saveAsync(tell);
        }),
    },
    onTheme(tell) {
      const read = () => {
        const theme = officeTheme();
        const colours = theme && coloursOf(theme);
        tell({ dark: isDark(theme?.bodyBackgroundColor), colours });
      };
      void ready.then(({ outlook }) => {
        if (!outlook) return;
        read();
        // Before Mailbox 1.14 there is no such event.
        listen('OfficeThemeChanged', read);
      });
    },
  };
}

function welcome(): Ready {
  const { displayLanguage, requirements } = Office.context;
  return {
    outlook: true,
    account: mailbox()?.userProfile?.emailAddress ?? null,
    language: displayLanguage || null,
    nestedAppAuth: requirements?.isSetSupported?.('NestedAppAuth', '1.1') ?? false,
  };
}

function listen(event: 'ItemChanged' | 'SelectedItemsChanged' | 'OfficeThemeChanged', tell: () => void) {
  try {
    mailbox()?.addHandlerAsync?.(Office.EventType[event], tell);
  } catch {
    // Unpinnable and older hosts lack the event; coming back into focus tells instead.
  }
}

function officeTheme(): Office.OfficeTheme | null {
  try {
    return Office.context.officeTheme ?? null;
  } catch {
    return null;
  }
}

function coloursOf(theme: Office.OfficeTheme): ThemeColours | null {
  const colours = [theme.bodyBackgroundColor, theme.bodyForegroundColor, theme.controlBackgroundColor, theme.controlForegroundColor]
    .map((colour) => (isDark(colour) === null ? null : `#${colour.replace('#', '').toLowerCase()}`));
  const [bodyBackground, bodyForeground, controlBackground, controlForeground] = colours;
  // Half of a theme on half of ours cannot be read.
  return bodyBackground && bodyForeground && controlBackground && controlForeground
    ? { bodyBackground, bodyForeground, controlBackground, controlForeground }
    : null;
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
  if (!current) return null;
  // A draft has no id before it is saved; what it answers tells two of them apart.
  if (isCompose(current)) return `written ${current.inReplyTo || current.conversationId || ''}`;
  return current.itemId || current.internetMessageId || null;
}
