import { afterEach, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import type { Board } from '../src/board';
import { backoff, createLive, untilNextChange, type Live } from '../src/live';
import { createStore } from '../src/store';
import { a, settle } from './a';

let live: Live | null = null;
function aLive(idle: () => Promise<void> = async () => {}) {
  const store = createStore();
  const board = vi.fn(async (_etag?: string): Promise<{ board: Board; etag: string | null } | null> => ({ board: a.board(), etag: '"10"' }));
  const failed = vi.fn();
  live = createLive({ api: { board }, store, token: async () => 'token', idle, failed, refreshed: () => {} });
  return { live, store, board, failed };
}

afterEach(() => {
  live?.stop();
  vi.useRealTimers();
});

it.each([
  ['at its next change, by the server’s clock', '2026-11-23T07:55:30Z', 0, 30_100],
  ['less the time it has been shown', '2026-11-23T07:55:30Z', 20_000, 10_100],
  ['not at once when the time has passed', '2026-11-23T07:54:00Z', 0, 1_000],
  ['within a minute, whatever comes later', '2026-11-23T17:00:00Z', 0, 60_000],
  ['within a minute when nothing will change', null, 0, 60_000],
])('asks for the board again %s', (_name, nextChangeAt, shown, wait) => {
  expect(untilNextChange(a.board({ asOf: '2026-11-23T07:55:00Z', nextChangeAt }), shown)).toBe(wait);
});

it('asks again when the board’s own next change has come, with its entity tag', async () => {
  vi.useFakeTimers();
  const { live: here, board } = aLive();
  board.mockResolvedValueOnce({ board: a.board({ asOf: '2026-11-23T07:59:50Z', nextChangeAt: '2026-11-23T08:00:00Z' }), etag: '"a"' });
  await here.refetch();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(board).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(board).toHaveBeenLastCalledWith('"a"');
});

it('asks once more, not many times, for questions that come while one is under way', async () => {
  const { live: here, board } = aLive();
  await Promise.all([here.refetch(), here.refetch(), here.refetch()]);
  await settle();
  expect(board).toHaveBeenCalledTimes(2);
});

it('waits for a click under way, whose answer brings a board', async () => {
  let finish = () => {};
  const click = new Promise<void>((resolve) => (finish = resolve));
  const { live: here, board } = aLive(() => click);
  const asked = here.refetch();
  await settle();
  expect(board).not.toHaveBeenCalled();
  finish();
  await asked;
  expect(board).toHaveBeenCalledOnce();
});

it('comes back to ready when nothing has changed meanwhile', async () => {
  const { live: here, board, store } = aLive();
  await here.refetch();
  store.patch({ link: 'offline' });
  board.mockResolvedValueOnce(null);
  await here.refetch();
  expect(store.state().link).toBe('ready');
});

it('says at once that the connection is gone, and asks when it is back', async () => {
  const { store, board } = aLive();
  window.dispatchEvent(new Event('offline'));
  expect(store.state().link).toBe('offline');
  window.dispatchEvent(new Event('online'));
  await settle();
  expect(board).toHaveBeenCalledOnce();
  expect(store.state().link).toBe('ready');
});

it('asks when the page is looked at again', async () => {
  const { board } = aLive();
  document.dispatchEvent(new Event('visibilitychange'));
  await settle();
  expect(board).toHaveBeenCalledOnce();
});

it('says what failed and tries again later', async () => {
  vi.useFakeTimers();
  const { live: here, board, failed } = aLive();
  board.mockRejectedValueOnce(new ApiError('offline', 0, '', 'Offline.'));
  await here.refetch();
  expect(failed).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(1_100);
  expect(board).toHaveBeenCalledTimes(2);
});

it.each([[1, 500, 1_000], [2, 1_000, 2_000], [5, 8_000, 16_000], [6, 15_000, 30_000], [1000, 15_000, 30_000]])(
  'waits longer after each failure: %d', (attempts, least, most) => {
    expect([backoff(attempts, () => 0), backoff(attempts, () => 1)]).toEqual([least, most]);
  },
);
