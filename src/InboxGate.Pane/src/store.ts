// One store: the last board and what surrounds it on screen. A late answer never overwrites a newer board.
import { isNewer, type Board, type Verdict } from './board';
import type { OnScreen } from './host';
import type { LaterState } from './later/state';
import type { OutboxView } from './outbox';
import type { MadeCall } from './undo';

export interface State {
  board: Board | null;
  /** By this machine's clock, when the board arrived: the server's time since is its `asOf` and what has passed. */
  boardAt: number;
  /** True while the board is the copy kept from last time, before the server has answered. */
  keptCopy: boolean;
  link: 'loading' | 'ready' | 'offline' | 'signedOut' | 'error';
  /** What went wrong last, in the server's words. */
  problem: string | null;
  outbox: OutboxView;
  /** Today's calls made in this browser, newest last: they can be taken back, and their outcome added. */
  made: readonly MadeCall[];
  outlook: boolean;
  /** Null until the host has answered. */
  onScreen: OnScreen | null;
  verdict: Verdict | null;
  verdictFailed: boolean;
  correction: Correction | null;
  /** Why the last correction or waiver was not taken. */
  refusal: string | null;
  /** What the parts that come later show. */
  later: LaterState;
  /** Said politely to a screen reader. */
  announcement: string;
}

/** A change the rep made to the list of senders, kept for its undo. */
export interface Correction { entry: string; kind: string; previous: string | null }

export interface Store {
  state(): State;
  patch(change: Partial<State>): void;
  /**
   * Takes a board from the server if it is newer than what is shown, together with what arrived with it.
   * `askedAt` is the board that was shown when the question was asked, where that is known: if it still is,
   * the answer is no late one, even when the server's clock was set back meanwhile.
   */
  take(board: Board, change?: Partial<State>, askedAt?: Board | null): void;
  subscribe(tell: (state: State) => void): () => void;
}

export const emptyState: State = {
  board: null,
  boardAt: 0,
  keptCopy: false,
  link: 'loading',
  problem: null,
  outbox: { waiting: 0, ahead: 0, undecided: [] },
  made: [],
  outlook: false,
  onScreen: null,
  verdict: null,
  verdictFailed: false,
  correction: null,
  refusal: null,
  later: {},
  announcement: '',
};

export function createStore(initial: State = emptyState): Store {
  let state = initial;
  const listeners = new Set<(state: State) => void>();

  function patch(change: Partial<State>) {
    state = { ...state, ...change };
    listeners.forEach((tell) => tell(state));
  }

  return {
    state: () => state,
    patch,
    take(board, change = {}, askedAt) {
      const { board: shown, keptCopy } = state;
      // A kept copy gives way to whatever the server says: it may be of another database.
      const newer = keptCopy || isNewer(board, shown) || (askedAt === shown && askedAt?.revision === board.revision);
      patch({ ...change, ...(newer ? { board, boardAt: Date.now() } : {}), keptCopy: false, link: 'ready', problem: null });
    },
    subscribe(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
}
