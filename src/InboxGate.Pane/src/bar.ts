// Our one bar above a message: a new text takes the place of the last. Also part of the event bundle: plain statements only.
import { succeeds } from './asking';

type Item = Office.MessageRead | Office.MessageCompose;
type Bar = Office.NotificationMessageDetails;

export const barKey = 'gate';
const icon = 'Icon.16';
const longest = 150;

export function plainBar(text: string): Bar {
  // It goes with the selection: what is owed may have changed when the message is looked at again.
  return { type: 'informationalMessage', message: text.slice(0, longest), icon, persistent: false };
}

/** With a way into the pane, which on every desktop only a message being written has. */
export function linkedBar(text: string, actionText: string, commandId: string): Bar {
  return { type: 'insightMessage', message: text.slice(0, longest), icon, actions: [{ actionType: 'showTaskPane', actionText, commandId, contextData: '' }] };
}

/** Whether Outlook shows it: it refuses a sixth bar on one message, and what it does not know. */
export function putBar(item: Item, bar: Bar): Promise<boolean> {
  const messages = item.notificationMessages;
  return succeeds((tell) => messages.replaceAsync(barKey, bar, tell))
    .then((replaced) => replaced || succeeds((tell) => messages.addAsync(barKey, bar, tell)));
}
