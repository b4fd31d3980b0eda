// Keeps the board current: the hub says that there is a new revision, the clock says that the board's own next
// change has come, the page says that somebody is looking again.
import type { Api } from './api';
import type { Board } from './board';
import type { Store } from './store';

export interface Live {
  refetch(): Promise<void>;
  /** What was asked so far was asked for somebody else. */
  startOver(): void;
  connect(): void;
  stop(): void;
}

export interface LiveEnds {
  api: Pick<Api, 'board'>;
  store: Store;
  token: () => Promise<string>;
  /** A click under way brings a board of its own; asking meanwhile would count it twice on screen. */
  idle: () => Promise<void>;
  failed: (error: unknown) => void;
  refreshed: () => void;
  /** An answer that is on its way already, for the first question. */
  early?: Promise<Response> | undefined;
}

const soonestMilliseconds = 1_000;
const pollMilliseconds = 60_000;
const longestBackoffMilliseconds = 30_000;

export function createLive({ api, store, token, idle, failed, refreshed, early }: LiveEnds): Live {
  let etag: string | null = null;
  let asking: Promise<void> | null = null;
  let askAgain = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let failures = 0;
  let asker = 0;

  function refetch(): Promise<void> {
    if (asking) {
      askAgain = true;
      return asking;
    }
    return (asking = ask().finally(() => {
      asking = null;
      if (askAgain && !stopped) {
        askAgain = false;
        void refetch();
      }
    }));
  }

  async function ask() {
    await idle();
    const shownNow = store.state().board;
    const mine = asker;
    try {
      const begun = early;
      early = undefined;
      const answer = await (begun ? api.board(undefined, begun) : api.board(etag ?? undefined));
      if (mine !== asker) return;
      failures = 0;
      // A click made meanwhile may be in this board and still be counted as on its way.
      await idle();
      if (answer) {
        etag = answer.etag;
        store.take(answer.board, {}, shownNow);
      } else if (store.state().link !== 'ready') {
        store.patch({ link: 'ready', problem: null });
      }
      refreshed();
    } catch (error) {
      if (mine !== asker) return;
      failures += 1;
      failed(error);
    }
    schedule();
  }

  function schedule() {
    clearTimeout(timer);
    if (stopped || store.state().link === 'signedOut') return;
    timer = setTimeout(() => void refetch(), failures > 0 ? backoff(failures) : untilNextChange(shown, Date.now() - since));
  }

  // Boards also arrive as answers to clicks and verdicts: each moves the time of the next change.
  let shown: Board | null = null;
  let since = 0;
  const unsubscribe = store.subscribe(({ board }) => {
    if (board === shown) return;
    shown = board;
    since = Date.now();
    schedule();
  });

  const whenVisible = () => {
    if (document.visibilityState === 'visible') void refetch();
  };
  const whenOnline = () => void refetch();
  document.addEventListener('visibilitychange', whenVisible);
  const whenOffline = () => store.patch({ link: 'offline' });
  window.addEventListener('online', whenOnline);
  window.addEventListener('offline', whenOffline);

  let close = () => {};
  async function hub() {
    const { openHub } = await import('./hub');
    if (stopped) return;
    const connection = openHub('/hubs/board', {
      token,
      message: 'revision',
      heard: (revision) => void idle().then(() => {
        // A click of this pane has brought that board already. Any other number means: look again.
        if (revision !== store.state().board?.revision) void refetch();
      }),
    });
    close = connection.stop;
  }

  let connected = false;
  return {
    refetch,
    startOver() {
      asker += 1;
      etag = null;
      early = undefined;
    },
    connect() {
      if (connected) return;
      connected = true;
      void hub().catch(() => (connected = false));
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      unsubscribe();
      close();
      document.removeEventListener('visibilitychange', whenVisible);
      window.removeEventListener('online', whenOnline);
      window.removeEventListener('offline', whenOffline);
    },
  };
}

/** By the server's own clock, so that a wrong one here does not matter; the poll covers a lost connection. */
export function untilNextChange(board: Board | null, shownMilliseconds: number): number {
  if (!board?.nextChangeAt) return pollMilliseconds;
  const wait = Date.parse(board.nextChangeAt) - Date.parse(board.asOf) - shownMilliseconds;
  return Math.min(pollMilliseconds, Math.max(soonestMilliseconds, wait + 100));
}

/** Doubling from one second, half of it at random so that panes do not return all at once. */
export function backoff(attempts: number, random: () => number = Math.random): number {
  const whole = Math.min(longestBackoffMilliseconds, 1_000 * 2 ** Math.min(attempts - 1, 10));
  return whole / 2 + (whole / 2) * random();
}
