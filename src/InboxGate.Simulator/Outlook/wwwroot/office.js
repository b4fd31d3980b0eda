// A stub of Office.js for the look-alike of Outlook: the part of the Mailbox API that a pane in read mode may use,
// with the limits of Outlook on the web. What fails there fails here in the same way: an argument that breaks a rule
// throws, everything else comes back as a failed result. The window around the frame keeps all state.
(() => {
  'use strict';

  const hostOrigin = new URL(document.currentScript.src).origin;
  const host = window.parent === window ? null : window.parent;
  const helloTimeoutMilliseconds = 5000;

  const enums = {
    AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
    EventType: {
      ItemChanged: 'olkItemSelectedChanged',
      OfficeThemeChanged: 'officeThemeChanged',
      InitializationContextChanged: 'initializationContextChanged',
      SelectedItemsChanged: 'selectedItemsChanged',
    },
    HostType: { Outlook: 'Outlook' },
    PlatformType: { PC: 'PC', OfficeOnline: 'OfficeOnline', Mac: 'Mac' },
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
      RestVersion: { v1_0: 'v1.0', v2_0: 'v2.0', Beta: 'beta' },
      RecipientType: { Other: 'other', DistributionList: 'distributionList', User: 'user', ExternalUser: 'externalUser' },
    },
  };

  // ---- Talking to the window around the frame

  const waiting = new Map();
  let lastId = 0;

  function ask(method, params = {}) {
    if (!host) return Promise.reject(failure('InternalError', 'There is no Outlook around this page.'));
    return new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      host.postMessage({ lookalike: 'request', id, method, params }, hostOrigin);
    });
  }

  window.addEventListener('message', (event) => {
    if (event.source !== host || event.origin !== hostOrigin || typeof event.data?.lookalike !== 'string') return;
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

  /** Office takes (…, options, callback) or (…, callback). */
  function tail(options, callback) {
    const tellBack = typeof options === 'function' ? options : callback;
    const asyncContext = typeof options === 'object' && options ? options.asyncContext : undefined;
    return (result) => tellBack?.({ asyncContext, ...result });
  }

  function finish(promise, options, callback) {
    const done = tail(options, callback);
    promise.then(
      (value) => done({ status: 'succeeded', value, error: null }),
      (error) => done({ status: 'failed', value: undefined, error: error?.name ? error : failure('InternalError', String(error)) }),
    );
  }

  const rejected = (name, message) => Promise.reject(failure(name, message));

  // ---- Notification messages

  const types = Object.values(enums.MailboxEnums.ItemNotificationMessageType);
  const longestKey = 32;
  const longestMessage = 150;

  function checkKey(key) {
    if (typeof key !== 'string') throw argumentError('ArgumentTypeException', 'key', 'A text is expected.');
    if (key.length === 0 || key.length > longestKey) {
      throw argumentError('ArgumentOutOfRangeException', 'key', 'Specified argument was out of the range of valid values.');
    }
  }

  function checkDetails(details) {
    if (typeof details !== 'object' || details === null) throw argumentError('ArgumentTypeException', 'JSONmessage', 'An object is expected.');
    const { type, message, icon, persistent, actions } = details;
    if (!types.includes(type)) throw argumentError('ArgumentException', 'type', 'The type of the notification is not known.');
    if (typeof message !== 'string') throw argumentError('ArgumentTypeException', 'message', 'A text is expected.');
    if (message.length === 0 || message.length > longestMessage) {
      throw argumentError('ArgumentOutOfRangeException', 'message', 'Specified argument was out of the range of valid values.');
    }
    const wearsIcon = type === 'informationalMessage' || type === 'insightMessage';
    if (!wearsIcon && icon !== undefined) throw argumentError('ArgumentException', 'icon', `An icon is not allowed on ${type}.`);
    if (!wearsIcon && persistent !== undefined) throw argumentError('ArgumentException', 'persistent', `persistent is not allowed on ${type}.`);
    if (wearsIcon && (typeof icon !== 'string' || icon.length === 0)) throw argumentError('ArgumentTypeException', 'icon', 'A text is expected.');
    if (icon?.length > longestKey) {
      throw argumentError('ArgumentOutOfRangeException', 'icon', 'Specified argument was out of the range of valid values.');
    }
    if (type === 'informationalMessage' && typeof persistent !== 'boolean') {
      throw argumentError('ArgumentTypeException', 'persistent', 'A boolean is expected.');
    }
    if (actions !== undefined && !Array.isArray(actions)) throw argumentError('ArgumentTypeException', 'actions', 'A list is expected.');
    return { type, message, icon, persistent };
  }

  /** On the web and in new Outlook an action belongs to compose only. */
  const refusedInReadMode = (details) => details.type === 'insightMessage' || details.actions !== undefined;

  function notificationMessages(itemId) {
    const change = (method) => (key, details, options, callback) => {
      checkKey(key);
      const checked = checkDetails(details);
      finish(refusedInReadMode(details)
        ? rejected('NotSupported', 'InsightMessage and actions are supported in compose mode only.')
        : ask(method, { itemId, key, details: checked }), options, callback);
    };
    return {
      addAsync: change('notifications.add'),
      replaceAsync: change('notifications.replace'),
      removeAsync(key, options, callback) {
        checkKey(key);
        finish(ask('notifications.remove', { itemId, key }), options, callback);
      },
      getAllAsync: (options, callback) => finish(ask('notifications.all', { itemId }), options, callback),
    };
  }

  // ---- The item

  const person = (given) => given && { displayName: given.name ?? '', emailAddress: given.address ?? '', recipientType: 'other' };
  let item = null;

  function itemOf(facts) {
    if (!facts) return null;
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
      to: facts.to.map(person),
      cc: facts.cc.map(person),
      attachments: [],
      dateTimeCreated: new Date(facts.received),
      dateTimeModified: new Date(facts.received),
      notificationMessages: notificationMessages(facts.itemId),
      getAllInternetHeadersAsync: (options, callback) => finish(ask('item.headers', { itemId: facts.itemId }), options, callback),
      getSharedPropertiesAsync: (options, callback) =>
        finish(rejected('SharedPropertiesNotAvailable', 'The item is not in a shared folder or mailbox.'), options, callback),
      getInitializationContextAsync: (options, callback) => finish(Promise.resolve(''), options, callback),
      displayReplyForm: (form) => void ask('reply', { itemId: facts.itemId, form: formOf(form), all: false }),
      displayReplyAllForm: (form) => void ask('reply', { itemId: facts.itemId, form: formOf(form), all: true }),
    };
  }

  function formOf(form) {
    const html = typeof form === 'string' ? form : form?.htmlBody ?? '';
    if (html.length > 32 * 1024) throw argumentError('ArgumentOutOfRangeException', 'htmlBody', 'Specified argument was out of the range of valid values.');
    return { htmlBody: html };
  }

  // ---- Events

  const handlers = new Map();

  function tell(name, value) {
    if (name === 'item') {
      // As in Outlook: when the event fires the item is the new one already, or null.
      item = itemOf(value);
      fire(enums.EventType.ItemChanged, { initialData: null });
    } else if (name === 'theme') {
      context.officeTheme = value;
      fire(enums.EventType.OfficeThemeChanged, { officeTheme: value });
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

  function addHandlerAsync(type, handler, options, callback) {
    if (typeof handler !== 'function') throw argumentError('ArgumentTypeException', 'handler', 'A function is expected.');
    const known = [enums.EventType.ItemChanged, enums.EventType.OfficeThemeChanged, enums.EventType.SelectedItemsChanged].includes(type);
    if (known) handlers.set(type, [...(handlers.get(type) ?? []), handler]);
    finish(known ? Promise.resolve() : rejected('UnsupportedEvent', 'The event is not supported here.'), options, callback);
  }

  function removeHandlerAsync(type, options, callback) {
    handlers.delete(type);
    finish(Promise.resolve(), options, callback);
  }

  // ---- Context

  const supportedMailbox = 14;

  function isSetSupported(name, version = '1.1') {
    const [major, minor] = String(version).split('.').map(Number);
    if (!host || major !== 1) return false;
    if (/^mailbox$/i.test(name)) return minor <= supportedMailbox;
    return /^nestedappauth$/i.test(name) && minor <= 1;
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

  const context = {
    contentLanguage: navigator.language,
    displayLanguage: navigator.language,
    host: null,
    platform: null,
    officeTheme: undefined,
    partitionKey: undefined,
    requirements: { isSetSupported },
    diagnostics: { host: null, platform: null, version: '20261101001.00' },
  };

  function openMailbox(welcome) {
    settings.kept = welcome.settings;
    item = itemOf(welcome.item);
    Object.assign(context, { host: 'Outlook', platform: 'OfficeOnline', officeTheme: welcome.theme, displayLanguage: welcome.language, contentLanguage: welcome.language });
    Object.assign(context.diagnostics, { host: 'Outlook', platform: 'OfficeOnline' });
    context.roamingSettings = settings;
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
      diagnostics: { hostName: 'newOutlookWindows', hostVersion: '20261101001.00', OWAView: 'ThreeColumns' },
      addHandlerAsync,
      removeHandlerAsync,
      convertToRestId: (id) => asRest(id),
      convertToEwsId: (id) => asEws(id),
      displayNewMessageForm: (form) => void ask('newMessage', { form: { toRecipients: [form?.toRecipients ?? []].flat(), subject: form?.subject ?? '', htmlBody: form?.htmlBody ?? '' } }),
    };
  }

  // A frame that got no answer is not in the look-alike: then there is a plain browser, as the real Office.js finds.
  const ready = Promise.race([
    ask('hello'),
    new Promise((resolve) => setTimeout(resolve, helloTimeoutMilliseconds, null)),
  ])
    .catch(() => null)
    .then((welcome) => {
      if (welcome) openMailbox(welcome);
      return { host: context.host, platform: context.platform };
    });

  function onReady(callback) {
    return ready.then((info) => {
      callback?.(info);
      return info;
    });
  }

  // ---- Sign-in: the bridge through which msal-browser asks the host for tokens

  if (host) {
    const listeners = new Set();
    window.nestedAppAuthBridge = {
      addEventListener: (type, listener) => void (type === 'message' && listeners.add(listener)),
      removeEventListener: (type, listener) => void listeners.delete(listener),
      postMessage(text) {
        const request = JSON.parse(text);
        const respond = (answer) => {
          const response = JSON.stringify({ messageType: 'NestedAppAuthResponse', requestId: request.requestId, ...answer });
          for (const listener of [...listeners]) listener(response);
        };
        ask('signIn', { method: request.method, tokenParams: request.tokenParams }).then(
          (answer) => respond({ success: true, ...answer }),
          (error) => respond({ success: false, error: error?.status ? error : { status: 'TRANSIENT_ERROR', code: 'bridge', description: String(error?.message ?? error) } }),
        );
      },
    };
  }

  // ---- What the host takes away from the page

  window.history.pushState = null;
  window.history.replaceState = null;
  for (const name of ['alert', 'confirm', 'prompt']) {
    window[name] = () => {
      throw new Error(`${name} is not available in an add-in.`);
    };
  }

  window.Office = {
    ...enums,
    context,
    onReady,
    isSetSupported,
    actions: { associate: () => undefined },
    initialize: () => undefined,
  };
  void ready.then(() => window.Office.initialize?.('documentOpened'));
})();
