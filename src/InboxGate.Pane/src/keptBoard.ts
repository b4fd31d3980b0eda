// The last board, kept in the browser: the next pane has something to draw while it asks for a newer one.
import { readBoard, type Board } from './board';
import type { Kept } from './kept';

export interface KeptBoard {
  keep(account: string, board: Board): void;
  /** Null when there is none, or none that still says something. `account` is null where that was not kept. */
  read(): { account: string | null; board: Board } | null;
  forget(): void;
}

const key = 'board';
/** Beyond this a kept board says more about yesterday than about today. */
const longestMilliseconds = 12 * 60 * 60 * 1000;

export function createKeptBoard(kept: Kept, now: () => number): KeptBoard {
  return {
    // Senders and subjects are not kept in the browser: they belong to mail that may be answered by then.
    keep: (account, board) => kept.set(key, { at: now(), account, board: { ...board, gates: [] } }),
    read() {
      const copy = kept.get(key) as { at?: unknown; account?: unknown; board?: unknown } | null;
      if (typeof copy?.at !== 'number' || now() - copy.at > longestMilliseconds) return null;
      try {
        return { account: typeof copy.account === 'string' ? copy.account : null, board: readBoard(copy.board) };
      } catch {
        kept.remove(key);
        return null;
      }
    },
    forget: () => kept.remove(key),
  };
}
