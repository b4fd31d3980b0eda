// The control API of the simulator this page comes from.
async function call(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: 'no-store',
  });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => null);
    throw new Error(problem?.title ?? `${method} ${path} was answered ${answer.status}.`);
  }
  return answer.status === 204 ? null : answer.json();
}

const of = (user) => `?user=${encodeURIComponent(user)}`;

export const users = () => call('GET', '/sim/users');
export const mailbox = (user) => call('GET', `/sim/mailbox${of(user)}`);
export const subscriptions = () => call('GET', '/sim/subscriptions');
export const deliver = (user, message) => call('POST', '/sim/messages', { user, message });
export const send = (user, message) => call('POST', '/sim/sent', { user, message });
export const move = (user, internetMessageId, folder) => call('POST', '/sim/moves', { user, internetMessageId, folder });
export const token = (user, roles, scope) => call('POST', '/sim/tokens', { user, roles, scope });
export const clock = () => call('GET', '/sim/clock');
export const moveClock = (now) => call('POST', '/sim/clock', { now });

/** Tells every piece of news, and whether the line is open. */
export function listen(news, connected) {
  const stream = new EventSource('/sim/events');
  stream.onopen = () => connected(true);
  stream.onerror = () => connected(false);
  stream.onmessage = (event) => news(JSON.parse(event.data));
}
