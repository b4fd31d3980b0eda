// The pages of an add-in that run in this window, in frames of their own, and the answers to what office.js in them asks.
// Panes are seen; function commands and launch events run hidden and for a moment. See ../office.js.
import * as bars from './bars.js';
import { draftFacts, itemIdOf, mayRunOn, messageFacts, person, rawHeaders } from './items.js';
import { startScript } from './scriptRuntime.js';
import { signIn } from './signIn.js';

const fullAccess = 63;
const mostSessionCharacters = 50_000;
const fail = (name, message, code = 5001) => {
  throw { name, message, code };
};

/**
 * @param outlook what the page knows and does: addIn, client, language, user(), roles(), theme(), signedOut(), signIn(),
 *   message(), selection(), messageOf(itemId), barsChanged(key), draftAsked(draft), draftChanged(draft),
 *   reply(message, html, all), compose(form), open(message)
 */
export function createRuntimes(outlook) {
  const { addIn, client } = outlook;
  const running = new Set();

  const settings = {
    key: () => `outlook.roaming.${outlook.user().user}`,
    read: () => JSON.parse(localStorage.getItem(settings.key()) ?? '{}'),
    write: (kept) => localStorage.setItem(settings.key(), JSON.stringify(kept)),
  };

  /** The item on which a runtime runs, as it may see it: a pane that reads follows the selection. */
  function factsFor({ draft, message }) {
    if (draft) return draftFacts(draft, client);
    const shown = message ?? outlook.message();
    return shown && mayRunOn(shown, addIn, client) ? messageFacts(shown, client) : null;
  }

  const needs = (permission) => void (addIn.may(permission) || fail('InsufficientPermission', `The add-in needs the permission ${permission}.`, 9020));
  const known = (itemId) => outlook.messageOf(itemId) ?? fail('ItemNotFound', 'The item is gone.');
  const draftOf = (runtime) => runtime.draft ?? fail('NotSupported', 'There is no draft here.');

  const answers = {
    hello: (_, runtime) => ({
      client,
      runtime: { kind: runtime.kind },
      user: { name: outlook.user().name, address: outlook.user().user, timeZone: outlook.user().timeZone },
      theme: outlook.theme(),
      language: outlook.language,
      signedOut: outlook.signedOut(),
      settings: settings.read(),
      item: factsFor(runtime),
    }),
    'settings.save': ({ settings: kept }) => settings.write(kept),
    'item.headers': ({ item }) => (needs('ReadItem'), rawHeaders(known(item))),
    'item.shared'({ item }) {
      const { sharedMailbox } = known(item);
      if (!sharedMailbox) fail('SharedPropertiesNotAvailable', 'The item is not in a shared folder or mailbox.');
      return { owner: sharedMailbox, targetMailbox: sharedMailbox, delegatePermissions: fullAccess };
    },
    // As text, whatever was handed over.
    'item.context': (_, { context }) => (typeof context === 'string' ? context : context === undefined ? '' : JSON.stringify(context)),
    selection: (_, { multiSelect }) =>
      multiSelect
        ? outlook.selection().map((message) => ({
            itemId: itemIdOf(message, client),
            conversationId: messageFacts(message, client).conversationId,
            internetMessageId: message.internetMessageId,
            subject: message.subject ?? '',
            itemType: 'message',
            itemMode: 'Read',
            hasAttachment: message.hasAttachments === true,
          }))
        : fail('NotSupported', 'The manifest does not ask for several items.'),
    'notifications.add': ({ item, key, details }, runtime) => changed(runtime, item, details, () => bars.add(item, key, details, client.bars)),
    'notifications.replace': ({ item, key, details }, runtime) => changed(runtime, item, details, () => bars.replace(item, key, details, client.bars)),
    'notifications.remove': ({ item, key }, runtime) => changed(runtime, item, null, () => bars.remove(item, key)),
    'notifications.all': ({ item }) => bars.all(item),
    'draft.get': ({ field }, runtime) => {
      needs('ReadItem');
      const draft = draftOf(runtime);
      outlook.draftAsked(draft);
      return { to: draft.to, cc: draft.cc, bcc: [], subject: draft.subject, from: person({ emailAddress: { name: outlook.user().name, address: outlook.user().user } }) }[field];
    },
    'draft.body': (_, runtime) => (needs('ReadItem'), outlook.draftAsked(draftOf(runtime)), draftOf(runtime).text),
    'draft.subject': ({ subject }, runtime) => (needs('ReadWriteItem'), Object.assign(draftOf(runtime), { subject }), outlook.draftChanged(runtime.draft)),
    'session.get': ({ name }, runtime) => draftOf(runtime).session.get(name) ?? fail('KeyNotFound', 'There is no session data of this name.', 9057),
    'session.all': (_, runtime) => Object.fromEntries(draftOf(runtime).session),
    'session.set'({ name, value }, runtime) {
      needs('ReadWriteItem');
      const { session } = draftOf(runtime);
      const others = [...session].filter(([other]) => other !== name).reduce((sum, [other, text]) => sum + other.length + text.length, 0);
      if (others + name.length + value.length > mostSessionCharacters) fail('DataExceedsMaximumSize', 'Session data holds 50,000 characters.');
      session.set(name, value);
    },
    'session.remove': ({ name }, runtime) => (needs('ReadWriteItem'), void draftOf(runtime).session.delete(name)),
    'session.clear': (_, runtime) => (needs('ReadWriteItem'), draftOf(runtime).session.clear()),
    reply: ({ item, form, all }) => outlook.reply(known(item), form.htmlBody, all),
    newMessage: ({ form }) => outlook.compose(form),
    openMessage: ({ item }) => outlook.open(known(item)),
    signIn: (question, { kind }) => signIn(outlook, question, kind !== 'event'),
    completed: (options, runtime) => runtime.ended?.({ kind: 'completed', options }),
    failed: ({ message }, runtime) => runtime.ended?.({ kind: 'failed', message }),
    fetch: (request, runtime) => (runtime.fetch ? runtime.fetch(request) : fail('NotSupported', 'A page fetches by itself.')),
    fetched: (answer, runtime) => runtime.fetched?.(answer),
  };

  function changed(runtime, item, details, change) {
    needs('ReadItem');
    if (runtime.draft ? runtime.draft.key !== item : outlook.messageOf(item) === null) fail('ItemNotFound', 'The item is gone.');
    const { action } = details ?? {};
    if (action && !addIn.command(runtime.draft ? 'compose' : 'read', action.commandId)?.action.pane) {
      fail('InvalidCommandId', `${action.commandId} opens no pane from here.`);
    }
    change();
    outlook.barsChanged(item);
  }

  window.addEventListener('message', async (event) => {
    const runtime = [...running].find(({ frame, origin }) => event.source === frame.contentWindow && event.origin === origin);
    if (!runtime || event.data?.lookalike !== 'request') return;
    const answer = await answerOf(runtime, event.data);
    event.source.postMessage(answer, runtime.origin);
  });

  async function answerOf(runtime, { id, method, params }) {
    // Until a page has said hello its frame still holds an empty one; the answer brings what it missed.
    runtime.heard();
    try {
      return {
        lookalike: 'answer',
        id,
        value: Object.hasOwn(answers, method) ? await answers[method](params ?? {}, runtime) : fail('NotSupported', `${method} is not known.`),
      };
    } catch (error) {
      return { lookalike: 'answer', id, error: error instanceof Error ? { name: 'InternalError', message: error.message, code: 5001 } : error };
    }
  }

  /** @param given kind ('pane', 'function', 'event'), address, script, draft or message, context, multiSelect, ended(outcome) */
  const start = (given, place) => (given.script ? startScript(startPage, answerOf, given, place) : startPage(given, place));

  function startPage(given, place) {
    const frame = document.createElement('iframe');
    let listening = false;
    let greeted;
    const runtime = {
      ...given,
      frame,
      loaded: new Promise((resolve) => frame.addEventListener('load', resolve, { once: true })),
      origin: new URL(given.address).origin,
      greeting: new Promise((resolve) => (greeted = resolve)),
      heard() {
        listening = true;
        greeted();
      },
      tell: (name, value) => void (listening && frame.contentWindow?.postMessage({ lookalike: 'event', name, value }, runtime.origin)),
      stop() {
        running.delete(runtime);
        frame.remove();
      },
    };
    frame.title = addIn.name;
    frame.src = given.address;
    running.add(runtime);
    place.append(frame);
    return runtime;
  }

  const panes = (mode) => [...running].filter(({ kind, draft }) => kind === 'pane' && (mode === 'compose') === (draft !== undefined));

  return {
    start,
    /** The selection has changed; quietly when Outlook forgets to say so. */
    selected: (quietly) => panes('read').forEach((runtime) => {
      runtime.tell('item', { facts: factsFor(runtime), quietly });
      if (!quietly && client.mailbox >= 13) runtime.tell('selection');
    }),
    recipientsChanged: (draft) => panes('compose').filter((runtime) => runtime.draft === draft).forEach((runtime) => runtime.tell('recipients')),
    themeChanged: () => [...running].forEach((runtime) => runtime.tell('theme', outlook.theme())),
  };
}
