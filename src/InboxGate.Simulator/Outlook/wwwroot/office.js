// A stand-in for Office.js with the limits that the real host has, and the bridge of nested app authentication.
// It runs in the pane's frame and speaks with the Outlook look-alike around it.
(() => {
  'use strict';

  const home = new URL(document.currentScript.src).origin;
  const framed = window.parent !== window;
  const mailboxVersion = [1, 15];
  const longestKey = 32;
  const longestMessage = 150;
  const patience = 10_000;

  // ---- The line to the look-alike ----
  const waiting = new Map();
  let lastCall = 0;

  function ask(name, args = {}) {
    return new Promise((resolve, reject) => {
      const id = ++lastCall;
      const timer = setTimeout(() => settle(id, { error: { code: 5001, name: 'InternalError', message: 'The host did not answer.' } }), patience);
      waiting.set(id, { resolve, reject, timer });
      window.parent.postMessage({ office: 'call', id, name, args }, home);
    });
  }

  function settle(id, { error, value }) {
    const call = waiting.get(id);
    if (!call) return;
    waiting.delete(id);
    clearTimeout(call.timer);
    if (error) call.reject(error);
    else call.resolve(value);
  }

  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== home) return;
    const { office, id, name, value, error } = event.data ?? {};
    if (office === 'answer') settle(id, { error, value });
    else if (office === 'event' && name === 'item') itemChanged(value);
    else if (office === 'event' && name === 'theme') themeChanged(value);
  });

  // ---- Enumerations ----
  const EventType = {
    ItemChanged: 'olkItemSelectedChanged', OfficeThemeChanged: 'officeThemeChanged',
    SelectedItemsChanged: 'olkSelectedItemsChanged', InfobarClicked: 'olkInfobarClicked',
    InitializationContextChanged: 'olkInitializationContextChanged', RecipientsChanged: 'olkRecipientsChanged',
  };
  const MailboxEnums = {
    ItemNotificationMessageType: {
      InformationalMessage: 'informationalMessage', ErrorMessage: 'errorMessage',
      ProgressIndicator: 'progressIndicator', InsightMessage: 'insightMessage',
    },
    ActionType: { ShowTaskPane: 'showTaskPane' },
    ItemType: { Message: 'message', Appointment: 'appointment' },
    RestVersion: { v1_0: 'v1.0', v2_0: 'v2.0', Beta: 'beta' },
    RecipientType: { DistributionList: 'distributionList', ExternalUser: 'externalUser', Other: 'other', User: 'user' },
  };
  const AsyncResultStatus = { Succeeded: 'succeeded', Failed: 'failed' };
  const HostType = { Outlook: 'Outlook' };
  const PlatformType = { PC: 'PC', OfficeOnline: 'OfficeOnline', Mac: 'Mac', iOS: 'iOS', Android: 'Android' };
  const CoercionType = { Text: 'text', Html: 'html' };

  // ---- Results and errors as Office gives them ----
  function officeError(code, name, message) {
    return Object.assign(new Error(message), { code, name });
  }

  const wrongArgument = (message) => officeError(5000, 'Sys.ArgumentException', `Sys.ArgumentException: ${message}`);
  const outOfRange = (name, value) =>
    officeError(5000, 'Sys.ArgumentOutOfRangeException', `Sys.ArgumentOutOfRangeException: Specified argument was out of the range of valid values.\nParameter name: ${name}\nActual value was ${value}.`);

  /** The last two optional arguments of every asynchronous call: options, callback. */
  function tail(options, callback) {
    if (typeof options === 'function') return { callback: options };
    return { callback: typeof callback === 'function' ? callback : null, context: options?.asyncContext };
  }

  function answer(promise, { callback, context }) {
    promise.then(
      (value) => ({ status: 'succeeded', value, asyncContext: context }),
      ({ code, name, message }) => ({ status: 'failed', value: undefined, error: { code, name, message }, asyncContext: context }),
    ).then((result) => callback?.(result));
  }

  const failed = (code, name, message) => Promise.reject({ code, name, message });

  // ---- Notifications ----
  function checkKey(key) {
    if (typeof key !== 'string' || key.length === 0) throw wrongArgument('key');
    if (key.length > longestKey) throw outOfRange('key', key);
  }

  function checkDetails(details) {
    if (!details || typeof details !== 'object') throw wrongArgument('JSONmessage');
    const { type, message, icon, persistent } = details;
    if (!Object.values(MailboxEnums.ItemNotificationMessageType).includes(type)) throw wrongArgument('type');
    if (typeof message !== 'string' || message.length === 0) throw wrongArgument('message');
    if (message.length > longestMessage) throw outOfRange('message', message);
    if (type === 'informationalMessage') {
      if (typeof icon !== 'string' || icon.length === 0 || icon.length > longestKey) throw wrongArgument('icon');
      if (typeof persistent !== 'boolean') throw wrongArgument('persistent');
    } else if (type !== 'insightMessage' && (icon !== undefined || persistent !== undefined)) {
      throw wrongArgument(icon !== undefined ? 'icon' : 'persistent');
    }
  }

  function notificationsOf(item) {
    const put = (replaces) => (key, details, options, callback) => {
      checkKey(key);
      checkDetails(details);
      // On the web, links in a banner exist only while composing.
      const unsupported = details.type === 'insightMessage' || details.actions !== undefined;
      answer(unsupported
        ? failed(5000, 'OperationNotSupported', 'InsightMessage and actions are not supported in read mode.')
        : ask('putBanner', { item, key, replaces, details: { ...details } }), tail(options, callback));
    };
    return {
      addAsync: put(false),
      replaceAsync: put(true),
      removeAsync(key, options, callback) {
        checkKey(key);
        answer(ask('removeBanner', { item, key }), tail(options, callback));
      },
      getAllAsync(options, callback) {
        answer(ask('allBanners', { item }), tail(options, callback));
      },
    };
  }

  // ---- The item on screen ----
  let current = null;
  let shownTheme = null;
  let profile = null;
  let settings = {};
  const handlers = new Map();

  const tell = (type, details) => [...(handlers.get(type) ?? [])].forEach((handler) => handler({ type, ...details }));

  function itemChanged(value) {
    current = value ? itemOf(value) : null;
    tell(EventType.ItemChanged, {});
  }

  function themeChanged(value) {
    shownTheme = value;
    tell(EventType.OfficeThemeChanged, { officeTheme: { ...value } });
  }

  const person = (value) => value && { displayName: value.name ?? '', emailAddress: value.address ?? '', recipientType: value.inside ? 'user' : 'externalUser' };

  function itemOf(value) {
    const id = value.internetMessageId;
    return {
      itemType: 'message',
      itemClass: value.itemClass,
      itemId: value.itemId,
      internetMessageId: id,
      conversationId: value.conversationId,
      subject: value.subject,
      normalizedSubject: value.subject.replace(/^((re|aw|fw|fwd|wg):\s*)+/i, ''),
      from: person(value.from),
      sender: person(value.sender),
      to: value.to.map(person),
      cc: value.cc.map(person),
      attachments: [],
      dateTimeCreated: new Date(value.createdAt),
      dateTimeModified: new Date(value.modifiedAt),
      notificationMessages: notificationsOf(id),
      body: {
        getAsync(coercion, options, callback) {
          answer(ask('body', { item: id, coercion }), tail(options, callback));
        },
      },
      getAllInternetHeadersAsync(options, callback) {
        answer(Promise.resolve(value.headers), tail(options, callback));
      },
      getSharedPropertiesAsync(options, callback) {
        answer(failed(9031, 'ItemNotInSharedFolder', 'The item is in the user\'s own mailbox.'), tail(options, callback));
      },
      getInitializationContextAsync(options, callback) {
        answer(Promise.resolve(''), tail(options, callback));
      },
      displayReplyForm: (form) => void ask('reply', { item: id, html: formText(form) }).catch(() => {}),
      displayReplyAllForm: (form) => void ask('reply', { item: id, html: formText(form) }).catch(() => {}),
    };
  }

  const formText = (form) => (typeof form === 'string' ? form : form?.htmlBody ?? '');

  // ---- Office.context ----
  const mailbox = {
    diagnostics: { hostName: 'OutlookWebApp', hostVersion: '16.0.0.0', OWAView: 'ThreeColumns' },
    get item() { return current; },
    get userProfile() {
      return { displayName: profile.name, emailAddress: profile.address, timeZone: profile.timeZone, accountType: 'enterprise' };
    },
    addHandlerAsync(type, handler, options, callback) {
      if (typeof handler !== 'function') throw wrongArgument('handler');
      const known = type === EventType.ItemChanged || type === EventType.OfficeThemeChanged;
      if (known) handlers.set(type, [...(handlers.get(type) ?? []), handler]);
      answer(known ? Promise.resolve() : failed(5010, 'EventNotSupported', `The event ${type} is not supported.`), tail(options, callback));
    },
    removeHandlerAsync(type, options, callback) {
      handlers.delete(type);
      answer(Promise.resolve(), tail(options, callback));
    },
    convertToRestId: (id) => id.replaceAll('/', '-').replaceAll('+', '_'),
    convertToEwsId: (id) => id.replaceAll('-', '/').replaceAll('_', '+'),
    displayNewMessageForm: (form) => void ask('compose', { to: (form?.toRecipients ?? []).map((to) => to.emailAddress ?? to), subject: form?.subject ?? '', html: form?.htmlBody ?? '' }).catch(() => {}),
  };

  const roamingSettings = {
    get: (name) => settings[name],
    set(name, value) { settings[name] = value; },
    remove(name) { delete settings[name]; },
    saveAsync(options, callback) { answer(ask('saveSettings', { settings }), tail(options, callback)); },
  };

  function isSetSupported(name, version = '1.1') {
    const [major, minor = 0] = String(version).split('.').map(Number);
    if (/^mailbox$/i.test(name)) return major === mailboxVersion[0] && minor <= mailboxVersion[1];
    return /^nestedappauth$/i.test(name) && major === 1 && minor <= 1;
  }

  const context = {
    displayLanguage: navigator.language,
    contentLanguage: navigator.language,
    host: HostType.Outlook,
    platform: PlatformType.OfficeOnline,
    diagnostics: { host: HostType.Outlook, platform: PlatformType.OfficeOnline, version: '16.0.0.0' },
    requirements: { isSetSupported },
    mailbox,
    roamingSettings,
    get officeTheme() { return shownTheme && { ...shownTheme }; },
  };

  // Outside a frame there is no host: Office.js then answers with nulls and leaves the context empty.
  const started = framed ? ask('start').then((start) => {
    profile = start.user;
    settings = start.settings;
    shownTheme = start.theme;
    current = start.item ? itemOf(start.item) : null;
    window.Office.context = context;
    return { host: HostType.Outlook, platform: PlatformType.OfficeOnline };
  }).catch(() => ({ host: null, platform: null })) : Promise.resolve({ host: null, platform: null });

  window.Office = {
    context: {},
    EventType, MailboxEnums, AsyncResultStatus, HostType, PlatformType, CoercionType,
    actions: { associate() {} },
    onReady(callback) {
      return started.then((info) => {
        callback?.(info);
        return info;
      });
    },
  };

  // What the real library does to every page it is loaded into.
  window.history.replaceState = null;
  window.history.pushState = null;
  if (framed) {
    for (const name of ['alert', 'confirm', 'prompt']) {
      window[name] = () => { throw new Error(`${name} is not supported in add-ins.`); };
    }
  }

  // ---- Nested app authentication ----
  if (framed) {
    const listeners = new Set();
    const reply = (request, rest) => {
      const data = JSON.stringify({ messageType: 'NestedAppAuthResponse', requestId: request.requestId, ...rest });
      for (const listener of listeners) listener({ data });
    };

    window.nestedAppAuthBridge = {
      addEventListener(type, listener) { if (type === 'message') listeners.add(listener); },
      removeEventListener(type, listener) { if (type === 'message') listeners.delete(listener); },
      postMessage(text) {
        const request = JSON.parse(text);
        if (request.messageType !== 'NestedAppAuthRequest') return;
        if (request.method === 'GetInitContext') {
          started.then(() => reply(request, {
            success: true,
            initContext: {
              sdkName: 'OutlookLookAlike', sdkVersion: '1.0',
              capabilities: { queryAccount: false },
              accountContext: profile && { loginHint: profile.address, homeAccountId: `${profile.id}.${profile.tenant}`, tenantId: profile.tenant },
            },
          }));
        } else if (request.method === 'GetToken' || request.method === 'GetTokenPopup') {
          ask('token', { scope: request.tokenParams?.scope ?? '' }).then(
            (token) => reply(request, { success: true, ...tokens(token.accessToken, request.tokenParams) }),
            (error) => reply(request, { success: false, error: { status: error.status ?? 'TRANSIENT_ERROR', code: error.name, description: error.message } }),
          );
        } else {
          reply(request, { success: false, error: { status: 'PERSISTENT_ERROR', code: 'unsupported_method', description: `${request.method} is not supported.` } });
        }
      },
    };

    /** The token for the API, and about the same person an id token, which only the page's own library reads. */
    function tokens(accessToken, asked) {
      const claims = JSON.parse(text(accessToken.split('.')[1]));
      const idClaims = {
        aud: asked?.clientId ?? claims.azp, iss: claims.iss, iat: claims.iat, nbf: claims.nbf, exp: claims.exp,
        name: claims.name, oid: claims.oid, preferred_username: claims.preferred_username, sub: claims.sub, tid: claims.tid, ver: '2.0',
      };
      const idToken = `${base64({ alg: 'none', typ: 'JWT' })}.${base64(idClaims)}.`;
      const environment = new URL(claims.iss).host;
      return {
        token: {
          access_token: accessToken, id_token: idToken, token_type: 'Bearer', scope: asked?.scope,
          expires_in: claims.exp - Math.floor(Date.now() / 1000), authority: asked?.authority,
        },
        account: {
          homeAccountId: `${claims.oid}.${claims.tid}`, localAccountId: claims.oid, tenantId: claims.tid, environment,
          username: claims.preferred_username, name: claims.name, idTokenClaims: idClaims,
        },
      };
    }
  }

  function text(part) {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  }

  function base64(value) {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  }
})();
