// The ids of the calls made in this browser today, newest last: what "Undo" can take back.
import type { Kept } from './kept';

interface Made { date: string; ids: string[] }

export interface MadeToday {
  add(id: string, date: string): void;
  ids(date: string): string[];
  remove(id: string): void;
}

export function createMadeToday(kept: Kept, account: () => string): MadeToday {
  const key = () => `made.${account()}`;
  function read(): Made {
    const value = kept.get(key()) as Partial<Made> | null;
    return value && typeof value.date === 'string' && Array.isArray(value.ids)
      ? { date: value.date, ids: value.ids.filter((id) => typeof id === 'string') }
      : { date: '', ids: [] };
  }

  return {
    add(id, date) {
      const made = read();
      kept.set(key(), { date, ids: made.date === date ? [...made.ids, id] : [id] });
    },
    ids: (date) => (read().date === date ? read().ids : []),
    remove(id) {
      const made = read();
      kept.set(key(), { ...made, ids: made.ids.filter((other) => other !== id) });
    },
  };
}
