// The windows that Outlook opens for us. Part of the host (it names Office too), fetched when the first is opened.
import { valueOf } from './asking';
import type { NewMessage } from './host';

type Mailbox = Office.Mailbox | null;

export function openMessage(mailbox: Mailbox, itemId: string): boolean {
  return attempt(mailbox, (outlook) => outlook.displayMessageForm(asOutlookId(outlook, itemId)));
}

export function openNewMessage(mailbox: Mailbox, { to, subject, htmlBody }: NewMessage): boolean {
  return attempt(mailbox, (outlook) => outlook.displayNewMessageForm({ toRecipients: to, subject, htmlBody } as unknown as Office.MessageForm));
}

/** Must be called soon after a click: the browser's own popup blocker stands before it. */
export async function openDialog(address: string): Promise<string | null> {
  // The rep is asked before a window opens, and may think about it.
  const minute = 60_000;
  const dialog = await valueOf<Office.Dialog>((tell) => Office.context.ui.displayDialogAsync(address, { height: 60, width: 30 }, tell), minute);
  if (!dialog) return null;
  return new Promise((resolve) => {
    dialog.addEventHandler(Office.EventType.DialogMessageReceived, (event) => {
      const { message, origin } = event as { message?: string; origin?: string };
      // Only our own page speaks for us; hosts before DialogOrigin do not say who spoke, and let no other page speak.
      if (origin !== undefined && origin !== location.origin) return;
      dialog.close();
      resolve(message ?? null);
    });
    // Closed by the rep, or the page could not be loaded.
    dialog.addEventHandler(Office.EventType.DialogEventReceived, () => resolve(null));
  });
}

function attempt(mailbox: Mailbox, open: (outlook: Office.Mailbox) => void): boolean {
  try {
    if (!mailbox) return false;
    open(mailbox);
    return true;
  } catch {
    return false;
  }
}

/** Outlook on the desktop and the web opens by its own form of an id; mobile has only that of Graph. */
function asOutlookId(outlook: Office.Mailbox, itemId: string): string {
  return outlook.convertToEwsId?.(itemId, 'v2.0') ?? itemId;
}
