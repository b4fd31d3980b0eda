// Outlook's side of a task pane: the frame, and the answers to what office.js in it asks. See ../office.js.
import * as bars from './bars.js';
import * as simulator from './simulator.js';

/** Office.js on the web shows ids in the EWS alphabet, Graph in the REST one. */
export const asEws = (id) => id.replaceAll('-', '/').replaceAll('_', '+');

const themes = {
  light: { bodyBackgroundColor: '#ffffff', bodyForegroundColor: '#242424', controlBackgroundColor: '#f0f0f0', controlForegroundColor: '#242424' },
  dark: { bodyBackgroundColor: '#292929', bodyForegroundColor: '#f2f2f2', controlBackgroundColor: '#1f1f1f', controlForegroundColor: '#f2f2f2' },
};

/** A mail as the pane may see it; null where add-ins do not run: reports of delivery. */
export function itemFacts(message) {
  if (!message || isReport(message)) return null;
  const person = (recipient) => recipient?.emailAddress && { name: recipient.emailAddress.name, address: recipient.emailAddress.address };
  return {
    itemId: asEws(message.id),
    itemClass: message['@odata.type']?.includes('eventMessage') ? 'IPM.Schedule.Meeting.Request' : 'IPM.Note',
    internetMessageId: message.internetMessageId,
    conversationId: asEws(message.conversationId),
    subject: message.subject ?? '',
    from: person(message.from),
    sender: person(message.sender),
    to: (message.toRecipients ?? []).map(person),
    cc: (message.ccRecipients ?? []).map(person),
    received: message.receivedDateTime,
  };
}

const headersOf = (message) => message.internetMessageHeaders ?? [];
const isReport = (message) => headersOf(message).some(({ name, value }) => /^content-type$/i.test(name) && /^multipart\/report/i.test(value ?? ''));

function rawHeaders(message) {
  const mailbox = (recipient) => `${recipient.emailAddress.name} <${recipient.emailAddress.address}>`;
  const given = headersOf(message).map(({ name, value }) => [name, value ?? '']);
  const own = [
    ['From', message.from && mailbox(message.from)],
    ['To', (message.toRecipients ?? []).map(mailbox).join(', ')],
    ['Reply-To', (message.replyTo ?? []).map(mailbox).join(', ')],
    ['Subject', message.subject],
    ['Date', new Date(message.sentDateTime).toUTCString()],
    ['Message-ID', message.internetMessageId],
  ].filter(([name, value]) => value && !given.some(([other]) => other.toLowerCase() === name.toLowerCase()));
  return [...given, ...own].map(([name, value]) => `${name}: ${value}`).join('\r\n') + '\r\n';
}

/**
 * @param outlook what the page knows and does: user(), roles(), message(), messageOf(itemId), dark(), signedOut(),
 *   signIn(), barsChanged(itemId), reply(message, html, all), compose(form)
 */
export function createPaneHost(place, address, outlook) {
  const origin = new URL(address).origin;
  let frame = null;
  // Until the pane has said hello its frame still holds an empty page; the answer brings what it missed.
  let listening = false;

  const answers = {
    hello: () => ({
      user: { name: outlook.user().name, address: outlook.user().user, timeZone: outlook.user().timeZone },
      theme: theme(),
      language: 'en-US',
      settings: settings.read(),
      item: itemFacts(outlook.message()),
    }),
    'settings.save': ({ settings: kept }) => settings.write(kept),
    'item.headers': ({ itemId }) => rawHeaders(known(itemId)),
    'notifications.add': ({ itemId, key, details }) => changed(itemId, () => bars.add(itemId, key, details)),
    'notifications.replace': ({ itemId, key, details }) => changed(itemId, () => bars.replace(itemId, key, details)),
    'notifications.remove': ({ itemId, key }) => changed(itemId, () => bars.remove(itemId, key)),
    'notifications.all': ({ itemId }) => bars.all(itemId),
    reply: ({ itemId, form, all }) => outlook.reply(known(itemId), form.htmlBody, all),
    newMessage: ({ form }) => outlook.compose(form),
    signIn: ({ method, tokenParams }) => signIn(method, tokenParams),
  };

  const settings = {
    key: () => `outlook.roaming.${outlook.user().user}`,
    read: () => JSON.parse(localStorage.getItem(settings.key()) ?? '{}'),
    write: (kept) => localStorage.setItem(settings.key(), JSON.stringify(kept)),
  };

  function known(itemId) {
    return outlook.messageOf(itemId) ?? refuse({ name: 'ItemNotFound', message: 'The item is gone.', code: 5001 });
  }

  function changed(itemId, change) {
    change();
    outlook.barsChanged(itemId);
  }

  function refuse(error) {
    throw error;
  }

  async function signIn(method, tokenParams) {
    if (method !== 'GetInitContext' && method !== 'GetToken' && method !== 'GetTokenPopup') {
      refuse({ status: 'PERSISTENT_ERROR', code: 'unsupported', description: `${method} is not known.` });
    }
    if (method === 'GetTokenPopup') outlook.signIn();
    if (method === 'GetToken' && outlook.signedOut()) refuse({ status: 'USER_INTERACTION_REQUIRED', code: 'login_required', description: 'Sign in again.' });
    const accessToken = await simulator.token(outlook.user().user, outlook.roles()).catch((error) =>
      refuse(error instanceof TypeError
        ? { status: 'NO_NETWORK', code: 'offline', description: 'The issuer cannot be reached.' }
        : { status: 'PERSISTENT_ERROR', code: 'token', description: error.message }));
    const claims = claimsOf(accessToken);
    const account = {
      homeAccountId: `${claims.oid}.${claims.tid}`,
      localAccountId: claims.oid,
      tenantId: claims.tid,
      environment: new URL(claims.iss).host,
      username: claims.preferred_username,
      name: claims.name,
    };
    if (method === 'GetInitContext') {
      const { homeAccountId, environment, tenantId } = account;
      return { initContext: { sdkName: 'outlook-look-alike', sdkVersion: '1.0.0', accountContext: { homeAccountId, environment, tenantId }, capabilities: {} } };
    }
    return {
      token: {
        access_token: accessToken,
        id_token: idToken(claims, tokenParams.clientId),
        expires_in: claims.exp - Math.floor(Date.now() / 1000),
        scope: tokenParams.scope,
        token_type: 'Bearer',
      },
      account,
    };
  }

  const theme = () => themes[outlook.dark() ? 'dark' : 'light'];
  const tell = (name, value) => void (listening && frame?.contentWindow?.postMessage({ lookalike: 'event', name, value }, origin));

  window.addEventListener('message', async (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin || event.data?.lookalike !== 'request') return;
    const { id, method, params } = event.data;
    listening = true;
    const answer = { lookalike: 'answer', id };
    try {
      answer.value = Object.hasOwn(answers, method)
        ? await answers[method](params ?? {})
        : refuse({ name: 'NotSupported', message: `${method} is not known.`, code: 5001 });
    } catch (error) {
      answer.error = error instanceof Error ? { name: 'InternalError', message: error.message, code: 5001 } : error;
    }
    event.source.postMessage(answer, origin);
  });

  return {
    isOpen: () => frame !== null,
    open() {
      if (frame) return;
      listening = false;
      frame = document.createElement('iframe');
      frame.title = 'InboxGate';
      frame.dataset.testid = 'pane';
      frame.src = address;
      place.replaceChildren(frame);
    },
    close() {
      frame = null;
      place.replaceChildren();
    },
    selected: () => tell('item', itemFacts(outlook.message())),
    themeChanged: () => tell('theme', theme()),
  };
}

const claimsOf = (jwt) =>
  JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))));

/** Nothing may be decided by an ID token, so this one is well formed and not signed. */
function idToken(claims, clientId) {
  const { iss, iat, nbf, exp, oid, tid, sub, name, preferred_username } = claims;
  const part = (value) =>
    btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value)))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ aud: clientId, iss, iat, nbf, exp, oid, tid, sub, name, preferred_username, ver: '2.0' })}.`;
}
