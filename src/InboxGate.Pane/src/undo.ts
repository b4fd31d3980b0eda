// The calls made in this browser today, newest last: what "Undo" can take back, and what can be said of them later.
import type { Kept } from './kept';

export interface MadeCall {
  id: string;
  /** By the server's clock, where it was known; null for a call made with the ribbon's button. */
  at: number | null;
  outcome: string | null;
}

type Said = Pick<MadeCall, 'at' | 'outcome'>;

export interface MadeToday {
  add(id: string, date: string, at: number): void;
  calls(date: string): MadeCall[];
  say(id: string, outcome: string): void;
  remove(id: string): void;
}

export function createMadeToday(kept: Kept, account: () => string): MadeToday {
  // The ribbon's button adds its ids too (events/waiting.ts); it knows nothing of what is said of them.
  const idsKey = () => `made.${account()}`;
  const saidKey = () => `said.${account()}`;

  function read(): { date: string; ids: string[] } {
    const value = kept.get(idsKey()) as { date?: unknown; ids?: unknown } | null;
    return value && typeof value.date === 'string' && Array.isArray(value.ids)
      ? { date: value.date, ids: value.ids.filter((id) => typeof id === 'string') }
      : { date: '', ids: [] };
  }

  function said(): Record<string, Said> {
    const value = kept.get(saidKey());
    return typeof value === 'object' && value !== null ? (value as Record<string, Said>) : {};
  }

  /** Of calls that can still be changed; the rest is forgotten. */
  function keepSaid(id: string, about: Said) {
    const { ids } = read();
    const all = Object.entries({ ...said(), [id]: about });
    kept.set(saidKey(), Object.fromEntries(all.filter(([one]) => ids.includes(one))));
  }

  const about = (id: string): MadeCall => {
    const { at, outcome } = said()[id] ?? {};
    return { id, at: typeof at === 'number' ? at : null, outcome: typeof outcome === 'string' ? outcome : null };
  };

  return {
    add(id, date, at) {
      const made = read();
      kept.set(idsKey(), { date, ids: made.date === date ? [...made.ids, id] : [id] });
      keepSaid(id, { at, outcome: null });
    },
    calls: (date) => (read().date === date ? read().ids.map(about) : []),
    say: (id, outcome) => keepSaid(id, { ...about(id), outcome }),
    remove(id) {
      const made = read();
      kept.set(idsKey(), { ...made, ids: made.ids.filter((other) => other !== id) });
    },
  };
}
