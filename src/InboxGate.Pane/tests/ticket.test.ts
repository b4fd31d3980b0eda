import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import { createTicket, ticketKey } from '../src/ticket';
import { a } from './a';

const now = Date.parse('2026-11-24T08:00:00Z');
const origin = 'https://gate.example';
const answer = { ticket: 'new', expiresAt: '2026-11-24T20:00:00Z' };

function aKeeper(ask = vi.fn(async (): Promise<unknown> => answer)) {
  const { host, settings } = a.host();
  return { settings, ask, keep: createTicket({ host, api: { ask }, now: () => now, origin }) };
}

describe('the reply ticket', () => {
  it('is kept where the send reminder finds it, with whom it is for and where to ask', async () => {
    const { keep, settings, ask } = aKeeper();
    await keep('sam@contoso.com');
    expect(ask).toHaveBeenCalledExactlyOnceWith('POST', '/api/reply-ticket');
    expect(settings.get(ticketKey)).toEqual({ ...answer, account: 'sam@contoso.com', origin });
  });

  it.each([
    ['more than six hours are left', {}, 0],
    ['six hours are left', { expiresAt: '2026-11-24T14:00:00Z' }, 1],
    ['it is over', { expiresAt: '2026-11-23T14:00:00Z' }, 1],
    ['it is another account’s', { account: 'dana@contoso.com' }, 1],
    ['it is of another server', { origin: 'https://old.example' }, 1],
    ['it cannot be read', { expiresAt: 'soon' }, 1],
    ['it is no ticket', { ticket: 7 }, 1],
  ])('is asked for again only when it must be: %s', async (_when, change, times) => {
    const { keep, settings, ask } = aKeeper();
    settings.set(ticketKey, { ticket: 'kept', expiresAt: '2026-11-24T14:00:01Z', account: 'sam@contoso.com', origin, ...change });
    await keep('sam@contoso.com');
    expect(ask).toHaveBeenCalledTimes(times);
  });

  it('is asked for once by two at a time, and again later', async () => {
    const { keep, settings, ask } = aKeeper();
    await Promise.all([keep('sam@contoso.com'), keep('sam@contoso.com')]);
    expect(ask).toHaveBeenCalledOnce();
    settings.clear();
    await keep('sam@contoso.com');
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['the server cannot be reached', async () => Promise.reject(new ApiError('offline', 0, '', 'Offline.'))],
    ['the answer is no ticket', async () => ({ ticket: 'new' })],
    ['there is no answer', async () => null],
  ])('that cannot be had is none, silently: %s', async (_why, ask) => {
    const { keep, settings } = aKeeper(vi.fn(ask));
    await keep('sam@contoso.com');
    expect(settings.size).toBe(0);
  });
});
