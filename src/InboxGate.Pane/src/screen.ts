// Reads what is on screen. Part of the host (it is handed Office's mailbox), and fetched beside the first drawing.
import { isCompose, succeeds, valueOf } from './asking';
import { barKey, linkedBar, plainBar, putBar } from './bar';
import type { Person } from './board';
import { parseHeaders, replyToOf, tellingHeaders, type Header } from './headers';
import type { MessageFacts, OnScreen } from './host';
import { asGraphId, isShared, questionOf, writingOf } from './question';

export async function onScreen(outlook: Office.Mailbox | null): Promise<OnScreen> {
  const current = outlook?.item as unknown as Office.MessageRead | Office.MessageCompose | null | undefined;
  if (!outlook || !current) return { kind: (await selectedCount(outlook)) > 1 ? 'several' : 'none' };
  if (current.itemType !== 'message') return { kind: 'unsupported' };
  if (isCompose(current)) return writtenOnScreen(outlook, current);
  if (!current.internetMessageId) return { kind: 'unsupported' };
  if (/^IPM\.Schedule\./i.test(current.itemClass ?? '')) return { kind: 'invitation' };
  const [shared, facts] = await Promise.all([isShared(outlook, current), factsOf(outlook, current)]);
  return shared ? { kind: 'shared' } : { kind: 'message', facts };
}

/** `item` and `keyOf` tell which message is selected at that moment: it can change with every answer of Outlook. */
export async function putBanner(
  item: () => Office.MessageRead | null, keyOf: (item: Office.MessageRead | null) => string | null, key: string, words: string | null,
): Promise<boolean> {
  const current = item();
  if (!current || keyOf(current) !== key) return false;
  const messages = current.notificationMessages;
  if (!messages) return true;
  const bars = await valueOf<Office.NotificationMessageDetails[]>((tell) => messages.getAllAsync(tell));
  if (keyOf(item()) !== key) return false;
  const there = bars?.find((bar) => bar.key === barKey);
  if (words === null) {
    if (there || !bars) await succeeds((tell) => messages.removeAsync(barKey, tell));
  } else if (!there?.message.includes(words)) {
    // "Call made. 2 calls before this answer." of the ribbon's button says it already, and more.
    const link = there?.actions?.[0];
    // The bar above a reply keeps its way into the pane.
    if (!link || !(await putBar(current, linkedBar(words, link.actionText, link.commandId)))) await putBar(current, plainBar(words));
  }
  return keyOf(item()) === key;
}

/** Tells of the call that was logged in the send dialog (events/send.ts), where Outlook can only open the pane for it. */
export async function onDialogCall(outlook: Office.Mailbox | null, tell: (id: string) => void) {
  const current = outlook?.item as unknown as Partial<Office.MessageCompose> | null | undefined;
  if (!current || !isCompose(current)) return;
  const read = (context: unknown) => {
    const id = /sendDialog ([0-9a-f-]{36})/.exec(String(context))?.[1];
    if (id) tell(id);
  };
  try {
    // For a pane that is open already.
    current.addHandlerAsync?.(Office.EventType.InitializationContextChanged, (event: Office.InitializationContextChangedEventArgs) => read(event.initializationContextData));
  } catch {
    // Older hosts open the pane anew.
  }
  if (typeof current.getInitializationContextAsync === 'function') read(await valueOf<string>((answer) => current.getInitializationContextAsync(answer)));
}

async function selectedCount(outlook: Office.Mailbox | null): Promise<number> {
  if (typeof outlook?.getSelectedItemsAsync !== 'function') return 0;
  const selected = await valueOf<unknown[]>((tell) => outlook.getSelectedItemsAsync(tell as Parameters<typeof outlook.getSelectedItemsAsync>[0]));
  return selected?.length ?? 0;
}

async function writtenOnScreen(outlook: Office.Mailbox, current: Office.MessageCompose): Promise<OnScreen> {
  const [writing, shared] = await Promise.all([writingOf(current), isShared(outlook, current)]);
  if (writing !== 'reply') return { kind: 'newMail' };
  return shared ? { kind: 'shared' } : { kind: 'reply', question: await questionOf(outlook, current) };
}

async function factsOf(outlook: Office.Mailbox, current: Office.MessageRead): Promise<MessageFacts> {
  const all = await headersOf(current);
  return {
    internetMessageId: current.internetMessageId.trim(),
    conversationId: asGraphId(outlook, current.conversationId),
    itemId: asGraphId(outlook, current.itemId),
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

async function headersOf(current: Office.MessageRead): Promise<Header[] | null> {
  if (typeof current.getAllInternetHeadersAsync !== 'function') return null;
  const raw = await valueOf<string>((tell) => current.getAllInternetHeadersAsync(tell));
  return typeof raw === 'string' ? parseHeaders(raw) : null;
}
