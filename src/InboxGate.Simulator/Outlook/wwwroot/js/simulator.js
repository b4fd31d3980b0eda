// The simulator's control API, as far as the look-alike needs it.

async function answerOf(response) {
  if (response.ok) return response.status === 204 ? null : response.json();
  const problem = await response.json().catch(() => null);
  throw new Error(problem?.title ?? `The simulator answered ${response.status}.`);
}

const get = (path) => fetch(path).then(answerOf);
const post = (path, body) =>
  fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).then(answerOf);

export const users = () => get('/sim/users');
export const addIns = (language) => get(`/sim/addins?language=${encodeURIComponent(language)}`);
export const mailbox = (user) => get(`/sim/mailbox?user=${encodeURIComponent(user)}`);
export const clock = () => get('/sim/clock').then(({ now }) => new Date(now));
export const moveClock = (now) => post('/sim/clock', { now: now.toISOString() });
export const deliver = (user, message) => post('/sim/messages', { user, message });
export const send = (user, message) => post('/sim/sent', { user, message });
export const move = (user, internetMessageId, folder) => post('/sim/moves', { user, internetMessageId, folder });
export const token = (user, roles) => post('/sim/tokens', { user, roles }).then(({ accessToken }) => accessToken);

/** Where the product listens for notifications its pane is served; before the first subscription, ten ports below. */
export async function paneAddress() {
  const [subscription] = await get('/sim/subscriptions').catch(() => []);
  const { notificationUrl } = subscription ?? {};
  const origin = notificationUrl ? new URL(notificationUrl).origin : `${location.protocol}//${location.hostname}:${Number(location.port) - 10}`;
  return `${origin}/taskpane.html`;
}

/** Server-sent events; the browser connects again by itself. */
export function listen({ news, open, lost }) {
  const source = new EventSource('/sim/events');
  source.onmessage = (event) => news(JSON.parse(event.data));
  source.onopen = open;
  source.onerror = () => {
    lost();
    // After an error answer the browser gives up; this page does not.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen({ news, open, lost }), 3000);
  };
}
