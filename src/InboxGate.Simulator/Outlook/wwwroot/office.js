// A stub of Office.js for the look-alike of Outlook: the part of the Mailbox API that task panes, function commands and
// launch events use, with each client's limits. What fails in Outlook fails here in the same way: an argument that breaks
// a rule throws, everything else comes back as a failed result. The look-alike keeps all state and is asked for it.
(() => {
  'use strict';

  const page = globalThis;
  const helloTimeoutMilliseconds = 5000;
  const longestErrorMessage = 500;
  const longestCancelLabel = 20;

  const enums = {
    AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
    EventType: {
      ItemChanged: 'olkItemSelectedChanged',
      OfficeThemeChanged: 'officeThemeChanged',
      InitializationContextChanged: 'initializationContextChanged',
      SelectedItemsChanged: 'selectedItemsChanged',
      RecipientsChanged: 'olkRecipientsChanged',
      DialogMessageReceived: 'dialogMessageReceived',
      DialogEventReceived: 'dialogEventReceived',
    },
    HostType: { Outlook: 'Outlook' },
    PlatformType: { PC: 'PC', OfficeOnline: 'OfficeOnline', Mac: 'Mac', iOS: 'iOS', Android: 'Android' },
    CoercionType: { Html: 'html', Text: 'text' },
    MailboxEnums: {
      ItemType: { Message: 'message', Appointment: 'appointment' },
      ItemNotificationMessageType: {
        ProgressIndicator: 'progressIndicator',
        InformationalMessage: 'informationalMessage',
        ErrorMessage: 'errorMessage',
        InsightMessage: 'insightMessage',
      },
      ActionType: { ShowTaskPane: 'showTaskPane' },
      ComposeType: { Reply: 'reply', NewMail: 'newMail', Forward: 'forward' },
      SendModeOverride: { PromptUser: 'promptUser' },
      RestVersion: { v1_0: 'v1.0', v2_0: 'v2.0', Beta: 'beta' },
      RecipientType: { Other: 'other', DistributionList: 'distributionList', User: 'user', ExternalUser: 'externalUser' },
    },
  };

  // ---- Talking to whatever started this page

  const link = linkToHost();

  /** A frame talks to the window around it, a dialog to the pane that opened it, a script without a page to its owner. */
  function linkToHost() {
    if (typeof document === 'undefined') {
      return { kind: 'script', post: (message) => page.postMessage(message), isFrom: () => true };
    }
    if (window.parent !== window) {
      const { origin } = new URL(document.currentScript.src);
      return {
        kind: 'frame',
        post: (message) => window.parent.postMessage(message, origin),
        isFrom: (event) => event.source === window.parent && event.origin === origin,
      };
    }
    if (window.opener) {
      return {
        kind: 'dialog',
        post: (message) => window.opener.postMessage(message, location.origin),
        isFrom: (event) => event.source === window.opener && event.origin === location.origin,
      };
    }
    return null;
  }

  const waiting = new Map();
  let lastId = 0;

  function ask(method, params = {}) {
    if (!link) return Promise.reject(failure('InternalError', 'There is no Outlook around this page.'));
    return new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      link.post({ lookalike: 'request', id, method, params });
    });
  }

  page.addEventListener('message', (event) => {
    if (heardFromDialog(event)) return;
    if (!link?.isFrom(event) || typeof event.data?.lookalike !== 'string') return;
    const { lookalike, id, value, error, name } = event.data;
    if (lookalike === 'answer') {
      const question = waiting.get(id);
      waiting.delete(id);
      if (error) question?.reject(error);
      else question?.resolve(value);
    } else if (lookalike === 'event') {
      tell(name, value);
    }
  });

  // ---- Errors and results

  const failure = (name, message, code = 5001) => ({ name, message, code });

  function argumentError(kind, parameter, detail) {
    const error = new Error(`Sys.${kind}: ${detail}\nParameter name: ${parameter}`);
    error.name = `Sys.${kind}`;
    return error;
  }

  const outOfRange = (parameter) => argumentError('ArgumentOutOfRangeException', parameter, 'Specified argument was out of the range of valid values.');
  const wrongType = (parameter, expected) => argumentError('ArgumentTypeException', parameter, `${expected} is expected.`);

  /** Office takes (…, options, callback) or (…, callback). */
  function finish(promise, options, callback) {
    const tellBack = typeof options === 'function' ? options : callback;
    const asyncContext = typeof options === 'object' && options ? options.asyncContext : undefined;
    promise.then(
      (value) => tellBack?.({ asyncContext, status: 'succeeded', value, error: null }),
      (error) => tellBack?.({ asyncContext, status: 'failed', value: undefined, error: error?.name ? error : failure('InternalError', String(error)) }),
    );
  }

  const rejected = (name, message, code) => Promise.reject(failure(name, message, code));
  const answer = (method, params) => (options, callback) => finish(ask(method, params), options, callback);

  // ---- What this client and this runtime can do; known once Outlook has answered

  let client = null;
  let runtime = null;
  const since = (minor) => client.mailbox >= minor;
  const inEvent = () => runtime.kind === 'event';

  /** Events may not put anything before the user but their own answer. */
  const barred = (name) => failure('OperationNotSupported', `${name} is not supported in event-based activation.`, 7000);

  // ---- Notification messages

  const types = Object.values(enums.MailboxEnums.ItemNotificationMessageType);
  const longestKey = 32;
  const longestMessage = 150;

  function checkKey(key) {
    if (typeof key !== 'string') throw wrongType('key', 'A text');
    if (key.length === 0 || key.length > longestKey) throw outOfRange('key');
  }

  function checkDetails(details) {
    if (typeof details !== 'object' || details === null) throw wrongType('JSONmessage', 'An object');
    const { type, message, icon, persistent, actions } = details;
    if (!types.includes(type)) throw argumentError('ArgumentException', 'type', 'The type of the notification is not known.');
    if (typeof message !== 'string') throw wrongType('message', 'A text');
    if (message.length === 0 || message.length > longestMessage) throw outOfRange('message');
    const wearsIcon = type === 'informationalMessage' || type === 'insightMessage';
    if (!wearsIcon && icon !== undefined) throw argumentError('ArgumentException', 'icon', `An icon is not allowed on ${type}.`);
    if (!wearsIcon && persistent !== undefined) throw argumentError('ArgumentException', 'persistent', `persistent is not allowed on ${type}.`);
    if (wearsIcon && (typeof icon !== 'string' || icon.length === 0)) throw wrongType('icon', 'A text');
    if (icon?.length > longestKey) throw outOfRange('icon');
    if (type === 'informationalMessage' && typeof persistent !== 'boolean') throw wrongType('persistent', 'A boolean');
    if (actions !== undefined && !Array.isArray(actions)) throw wrongType('actions', 'A list');
    return { type, message, icon, persistent };
  }

  function checkAction(actions) {
    if (actions?.length !== 1) throw argumentError('ArgumentException', 'actions', 'An InsightMessage has exactly one action.');
    const [{ actionType, actionText, commandId, contextData }] = actions;
    if (actionType !== enums.MailboxEnums.ActionType.ShowTaskPane) throw argumentError('ArgumentException', 'actionType', 'The only action is showTaskPane.');
    if (typeof actionText !== 'string' || actionText.length === 0) throw wrongType('actionText', 'A text');
    if (typeof commandId !== 'string' || commandId.length === 0) throw wrongType('commandId', 'A text');
    return { actionType, actionText, commandId, contextData };
  }

  /** In read mode only classic Windows and the Mac show an action; phones never do. */
  function refusal(details, isCompose) {
    if (details.type !== 'insightMessage' && details.actions === undefined) return null;
    if (!client.insight) return 'InsightMessage and actions are not supported on this client.';
    return isCompose || client.insightInRead ? null : 'InsightMessage and actions are supported in compose mode only.';
  }

  function notificationMessages(key, isCompose) {
    const change = (method) => (barKey, details, options, callback) => {
      checkKey(barKey);
      const checked = checkDetails(details);
      const refused = refusal(details, isCompose);
      if (!refused && details.type === 'insightMessage') checked.action = checkAction(details.actions);
      finish(refused ? rejected('NotSupported', refused) : ask(method, { item: key, key: barKey, details: checked }), options, callback);
    };
    return {
      addAsync: change('notifications.add'),
      replaceAsync: change('notifications.replace'),
      removeAsync(barKey, options, callback) {
        checkKey(barKey);
        finish(ask('notifications.remove', { item: key, key: barKey }), options, callback);
      },
      getAllAsync: answer('notifications.all', { item: key }),
    };
  }

  // ---- The item

  const person = (given) => given && { displayName: given.name ?? '', emailAddress: given.address ?? '', recipientType: 'other' };
  const people = (given) => given.map(person);
  let item = null;

  const itemOf = (facts) => (facts === null ? null : facts.compose ? draftOf(facts) : messageOf(facts));

  function messageOf(facts) {
    const form = (all) => (given) => {
      if (inEvent()) throw new Error(barred('displayReplyForm').message);
      void ask('reply', { item: facts.itemId, form: formOf(given), all });
    };
    const formAsync = (all) => (given, options, callback) =>
      finish(inEvent() ? Promise.reject(barred('displayReplyFormAsync')) : ask('reply', { item: facts.itemId, form: formOf(given), all }), options, callback);
    return {
      itemType: 'message',
      itemClass: facts.itemClass,
      itemId: facts.itemId,
      internetMessageId: facts.internetMessageId,
      conversationId: facts.conversationId,
      subject: facts.subject,
      normalizedSubject: facts.subject.replace(/^((re|fw|fwd|aw|wg):\s*)+/i, ''),
      from: person(facts.from),
      sender: person(facts.sender),
      to: people(facts.to),
      cc: people(facts.cc),
      attachments: [],
      dateTimeCreated: new Date(facts.received),
      dateTimeModified: new Date(facts.received),
      notificationMessages: notificationMessages(facts.itemId, false),
      ...(client.replyForms && { displayReplyForm: form(false), displayReplyAllForm: form(true) }),
      ...(client.replyForms && since(9) && { displayReplyFormAsync: formAsync(false), displayReplyAllFormAsync: formAsync(true) }),
      ...(since(8) && {
        getAllInternetHeadersAsync: answer('item.headers', { item: facts.itemId }),
        getSharedPropertiesAsync: answer('item.shared', { item: facts.itemId }),
        getInitializationContextAsync: answer('item.context', {}),
        addHandlerAsync: addItemHandler,
      }),
    };
  }

  function draftOf(facts) {
    const field = (name, shape = (value) => value) => ({
      getAsync: (options, callback) => finish(ask('draft.get', { field: name }).then(shape), options, callback),
    });
    const kept = (method, ...names) => (...args) => {
      const given = args.slice(0, names.length);
      if (given.some((value) => typeof value !== 'string')) throw wrongType(names[0], 'A text');
      finish(ask(`session.${method}`, Object.fromEntries(names.map((name, place) => [name, given[place]]))), args[names.length], args[names.length + 1]);
    };
    return {
      itemType: 'message',
      itemClass: 'IPM.Note',
      conversationId: facts.conversationId,
      to: field('to', people),
      cc: field('cc', people),
      bcc: field('bcc', people),
      subject: {
        ...field('subject'),
        setAsync: (subject, options, callback) => finish(ask('draft.subject', { subject }), options, callback),
      },
      body: { getAsync: (type, options, callback) => finish(ask('draft.body', { type }), options, callback) },
      notificationMessages: notificationMessages(facts.key, true),
      getItemIdAsync: (options, callback) => finish(rejected('ItemNotSaved', 'The item has not been saved yet.', 9046), options, callback),
      ...(since(7) && { from: field('from', person), addHandlerAsync: addItemHandler }),
      // Phones have this one beyond their requirement set.
      ...((since(10) || client.launchEvents) && {
        getComposeTypeAsync: (options, callback) => finish(Promise.resolve({ composeType: facts.composeType, coercionType: 'html' }), options, callback),
      }),
      ...(since(8) && {
        getSharedPropertiesAsync: (options, callback) =>
          finish(rejected('SharedPropertiesNotAvailable', 'The item is not in a shared folder or mailbox.'), options, callback),
        getInitializationContextAsync: answer('item.context', {}),
      }),
      ...((since(11) || client.launchEvents) && {
        sessionData: {
          getAsync: kept('get', 'name'),
          setAsync: kept('set', 'name', 'value'),
          removeAsync: kept('remove', 'name'),
          getAllAsync: answer('session.all', {}),
          clearAsync: answer('session.clear', {}),
        },
      }),
      ...(since(14) && { inReplyTo: facts.inReplyTo }),
    };
  }

  function formOf(form) {
    const html = typeof form === 'string' ? form : form?.htmlBody ?? '';
    if (html.length > 32 * 1024) throw outOfRange('htmlBody');
    return { htmlBody: html };
  }

  // ---- Events

  const handlers = new Map();

  const listen = (type, handler) => void handlers.set(type, [...(handlers.get(type) ?? []), handler]);

  function tell(name, value) {
    if (name === 'item') {
      // As in Outlook: when the event fires the item is the new one already, or null. Sometimes it does not fire.
      item = itemOf(value.facts);
      if (!value.quietly) fire(enums.EventType.ItemChanged, { initialData: null });
    } else if (name === 'selection') {
      fire(enums.EventType.SelectedItemsChanged, {});
    } else if (name === 'theme') {
      if (!context.officeTheme) return;
      context.officeTheme = value;
      fire(enums.EventType.OfficeThemeChanged, { officeTheme: value });
    } else if (name === 'context') {
      fire(enums.EventType.InitializationContextChanged, { initializationContextData: value });
    } else if (name === 'recipients') {
      fire(enums.EventType.RecipientsChanged, { changedRecipientFields: { to: true, cc: true, bcc: false } });
    } else if (name === 'run') {
      void ready.then(() => run(value));
    } else if (name === 'fetch') {
      void lend(value);
    }
  }

  function fire(type, data) {
    for (const handler of [...(handlers.get(type) ?? [])]) {
      try {
        handler({ type, ...data });
      } catch (error) {
        console.error(error);
      }
    }
  }

  /** Only panes hear events: what runs for a moment in the background cannot. */
  const addHandler = (known) => (type, handler, options, callback) => {
    if (typeof handler !== 'function') throw wrongType('handler', 'A function');
    const heard = runtime.kind === 'pane' && known().includes(type);
    if (heard) listen(type, handler);
    finish(heard ? Promise.resolve() : rejected('UnsupportedEvent', 'The event is not supported here.'), options, callback);
  };

  const addHandlerAsync = addHandler(() => [
    ...(client.pinning ? [enums.EventType.ItemChanged] : []),
    ...(client.theme && since(14) ? [enums.EventType.OfficeThemeChanged] : []),
    ...(since(13) ? [enums.EventType.SelectedItemsChanged] : []),
  ]);
  const addItemHandler = addHandler(() => [enums.EventType.InitializationContextChanged, enums.EventType.RecipientsChanged]);

  function removeHandlerAsync(type, options, callback) {
    handlers.delete(type);
    finish(Promise.resolve(), options, callback);
  }

  // ---- Function commands and launch events

  const associated = new Map();
  let awaited = null;

  function associate(name, handler) {
    if (typeof handler !== 'function') throw wrongType('handler', 'A function');
    associated.set(name, handler);
    if (awaited?.name === name) run(awaited);
  }

  /** The page may associate its functions after Outlook has asked for one. */
  function run(command) {
    const handler = associated.get(command.name);
    awaited = handler ? null : command;
    if (!handler) return;
    let isCompleted = false;
    const event = {
      type: command.type,
      source: command.source,
      completed(options = {}) {
        const checked = checkCompletion(options);
        if (isCompleted) {
          console.error(`${command.name} has completed its event twice.`);
          return;
        }
        isCompleted = true;
        void ask('completed', checked);
      },
    };
    const failed = (error) => {
      console.error(error);
      void ask('failed', { message: String(error?.message ?? error) });
    };
    try {
      Promise.resolve(handler(event)).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  /** Fetches for the script-only runtime, which has no origin of its own. */
  async function lend({ id, url, method, headers, body }) {
    try {
      const response = await fetch(url, { method, headers, body });
      void ask('fetched', { id, status: response.status, headers: [...response.headers], body: await response.text() });
    } catch (error) {
      void ask('fetched', { id, error: String(error.message) });
    }
  }

  async function fetchByHost(address, { method = 'GET', headers = {}, body } = {}) {
    if (!/^https?:/.test(String(address))) throw new TypeError('Only absolute addresses can be fetched.');
    const request = { url: String(address), method, headers: Object.fromEntries(new Headers(headers)), body };
    const answered = await ask('fetch', request).catch((error) => {
      throw new TypeError(error.message);
    });
    return new Response(answered.body === '' ? null : answered.body, { status: answered.status, headers: answered.headers });
  }

  function checkCompletion(options) {
    const { allowEvent, errorMessage, cancelLabel, commandId, contextData, sendModeOverride } = options;
    if (errorMessage !== undefined && typeof errorMessage !== 'string') throw wrongType('errorMessage', 'A text');
    if (errorMessage?.length > longestErrorMessage) throw outOfRange('errorMessage');
    if (cancelLabel?.length > longestCancelLabel) throw outOfRange('cancelLabel');
    return since(14)
      ? { allowEvent, errorMessage, cancelLabel, commandId, contextData: commandId === undefined ? undefined : contextData, sendModeOverride }
      : { allowEvent, errorMessage };
  }

  // ---- Dialogs: a window of the pane's own origin, one at a time

  let dialog = null;

  function displayDialogAsync(address, options, callback) {
    finish(inEvent() ? Promise.reject(barred('displayDialogAsync')) : openDialog(address, typeof options === 'object' ? options : {}), options, callback);
  }

  async function openDialog(address, { width = 80, height = 80 }) {
    const url = URL.parse(address);
    if (!url || url.host !== location.host) throw failure('DialogError', 'The dialog has to begin at an address of the same domain.', 12004);
    if (url.protocol !== 'https:' && url.hostname !== 'localhost') throw failure('DialogError', 'The dialog needs https.', 12005);
    if (dialog) throw failure('DialogError', 'A dialog is open already.', 12007);
    const size = [Math.round((screen.availWidth * width) / 100), Math.round((screen.availHeight * height) / 100)];
    const opened = window.open(url.href, '', `popup,width=${size[0]},height=${size[1]}`);
    if (!opened) throw failure('DialogError', 'The browser has blocked the window.', 12009);
    const shown = { window: opened, handlers: new Map() };
    dialog = shown;
    const watch = setInterval(() => {
      if (!opened.closed) return;
      clearInterval(watch);
      if (dialog !== shown) return;
      dialog = null;
      shown.handlers.get(enums.EventType.DialogEventReceived)?.({ error: 12006 });
    }, 200);
    return {
      addEventHandler: (type, handler) => void shown.handlers.set(type, handler),
      close() {
        clearInterval(watch);
        if (dialog === shown) dialog = null;
        opened.close();
      },
    };
  }

  function heardFromDialog(event) {
    if (!dialog || event.source !== dialog.window || event.origin !== location.origin || event.data?.lookalike !== 'request') return false;
    const { id, method, params } = event.data;
    if (method === 'hello') {
      dialog.window.postMessage({ lookalike: 'answer', id, value: { client, runtime: { kind: 'dialog' }, language: context.displayLanguage } }, location.origin);
    } else if (method === 'message') {
      dialog.handlers.get(enums.EventType.DialogMessageReceived)?.({ message: params.message, origin: location.origin });
    }
    return true;
  }

  function messageParent(message) {
    if (runtime.kind !== 'dialog') throw new Error(barred('messageParent').message);
    if (typeof message !== 'string' && typeof message !== 'boolean') throw wrongType('message', 'A text or a boolean');
    link.post({ lookalike: 'request', id: 0, method: 'message', params: { message: String(message) } });
  }

  // ---- Context

  function isSetSupported(name, version = '1.1') {
    const [major, minor] = String(version).split('.').map(Number);
    if (!client || major !== 1) return false;
    if (/^mailbox$/i.test(name)) return since(minor);
    if (/^dialogapi$/i.test(name)) return minor <= 1;
    return /^nestedappauth$/i.test(name) && client.naa && minor <= 1;
  }

  const settings = {
    kept: {},
    get: (name) => settings.kept[name],
    set: (name, value) => void (settings.kept[name] = value),
    remove: (name) => void delete settings.kept[name],
    saveAsync: (callback) => {
      const tooLarge = JSON.stringify(settings.kept).length > 32 * 1024;
      finish(tooLarge ? rejected('DataExceedsMaximumSize', 'Roaming settings hold 32 KB.') : ask('settings.save', { settings: settings.kept }), callback);
    },
  };

  // The two ways of writing an id: EWS (Office.js on the web) and REST (Graph).
  const asRest = (id) => String(id).replaceAll('/', '-').replaceAll('+', '_');
  const asEws = (id) => String(id).replaceAll('-', '/').replaceAll('_', '+');

  const ownLanguage = page.navigator?.language ?? 'en-US';
  const context = {
    contentLanguage: ownLanguage,
    displayLanguage: ownLanguage,
    host: null,
    platform: null,
    officeTheme: undefined,
    partitionKey: undefined,
    requirements: { isSetSupported },
    diagnostics: { host: null, platform: null, version: null },
  };

  function open(welcome) {
    ({ client, runtime } = welcome);
    // With the session of whoever was signed in ends what its pages kept for it.
    if (welcome.signedOut && link.kind === 'frame') sessionStorage.clear();
    Object.assign(context, { host: 'Outlook', platform: client.platform, displayLanguage: welcome.language, contentLanguage: welcome.language });
    Object.assign(context.diagnostics, { host: 'Outlook', platform: client.platform, version: client.version });
    context.ui = { displayDialogAsync, messageParent };
    if (runtime.kind === 'dialog') {
      // Nothing else of Office may be used in a dialog.
      context.ui = { messageParent };
      return;
    }
    if (client.theme && since(14) && !inEvent()) context.officeTheme = welcome.theme;
    settings.kept = welcome.settings;
    context.roamingSettings = settings;
    item = itemOf(welcome.item);
    context.mailbox = {
      get item() {
        return item;
      },
      userProfile: {
        accountType: 'office365',
        displayName: welcome.user.name,
        emailAddress: welcome.user.address,
        timeZone: welcome.user.timeZone,
      },
      diagnostics: { hostName: client.hostName, hostVersion: client.version, ...(client.hostName === 'OutlookWebApp' && { OWAView: 'ThreeColumns' }) },
      addHandlerAsync,
      removeHandlerAsync,
      ...(client.convertsIds && { convertToRestId: asRest, convertToEwsId: asEws }),
      ...(client.replyForms && forms()),
      ...(since(13) && { getSelectedItemsAsync: answer('selection', {}) }),
    };
    if (client.naa && link.kind === 'frame') buildBridge();
  }

  function forms() {
    const newMail = (form) => ({ toRecipients: [form?.toRecipients ?? []].flat(), subject: form?.subject ?? '', htmlBody: formOf(form).htmlBody });
    const display = (name, method, shape) => (given) => {
      if (inEvent()) throw new Error(barred(name).message);
      void ask(method, shape(given));
    };
    const displayAsync = (name, method, shape) => (given, options, callback) =>
      finish(inEvent() ? Promise.reject(barred(name)) : ask(method, shape(given)), options, callback);
    const both = (name, method, shape) => ({
      [name]: display(name, method, shape),
      ...(since(9) && { [`${name}Async`]: displayAsync(`${name}Async`, method, shape) }),
    });
    return {
      ...both('displayNewMessageForm', 'newMessage', (form) => ({ form: newMail(form) })),
      ...both('displayMessageForm', 'openMessage', (itemId) => ({ item: itemId })),
    };
  }

  // Whoever gets no answer is not in the look-alike: then there is a plain browser, as the real Office.js finds.
  const ready = Promise.race([
    ask('hello'),
    new Promise((resolve) => setTimeout(resolve, helloTimeoutMilliseconds, null)),
  ])
    .catch(() => null)
    .then((welcome) => {
      if (welcome) open(welcome);
      return { host: context.host, platform: context.platform };
    });

  function onReady(callback) {
    return ready.then((info) => {
      callback?.(info);
      return info;
    });
  }

  // ---- Sign-in: the bridge through which msal-browser asks the host for tokens

  function buildBridge() {
    const listeners = new Set();
    window.nestedAppAuthBridge = {
      addEventListener: (type, listener) => void (type === 'message' && listeners.add(listener)),
      removeEventListener: (type, listener) => void listeners.delete(listener),
      postMessage(text) {
        const request = JSON.parse(text);
        const respond = (reply) => {
          const response = JSON.stringify({ messageType: 'NestedAppAuthResponse', requestId: request.requestId, ...reply });
          for (const listener of [...listeners]) listener(response);
        };
        ask('signIn', { method: request.method, tokenParams: request.tokenParams }).then(
          (reply) => respond({ success: true, ...reply }),
          (error) => respond({ success: false, error: error?.status ? error : { status: 'TRANSIENT_ERROR', code: 'bridge', description: String(error?.message ?? error) } }),
        );
      },
    };
  }

  // ---- What the host takes away from the page

  if (typeof window !== 'undefined') {
    window.history.pushState = null;
    window.history.replaceState = null;
    for (const name of ['alert', 'confirm', 'prompt']) {
      window[name] = () => {
        throw new Error(`${name} is not available in an add-in.`);
      };
    }
  }

  page.Office = {
    ...enums,
    context,
    onReady,
    isSetSupported,
    actions: { associate },
    initialize: () => undefined,
  };
  // A script without a page fetches through Outlook, and gets no start-up code run before its handler.
  if (link?.kind === 'script') page.fetch = fetchByHost;
  else void ready.then(() => page.Office.initialize?.('documentOpened'));
})();
