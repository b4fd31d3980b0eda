// Local storage as a cache that may be empty or refused. It is partitioned by the page that hosts the pane.

const prefix = 'inboxgate.';

/** Kept once Outlook has told of another message: it does that only for a pinned pane. */
export const pinKey = 'pinned';

export interface Kept {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  remove(key: string): void;
  keys(under: string): string[];
}

export function createKept(storage: () => Storage = () => window.localStorage): Kept {
  // Where storage is refused the pane still works, for as long as it is open.
  const memory = new Map<string, string>();
  const attempt = <T>(use: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      return use(storage());
    } catch {
      return otherwise();
    }
  };

  return {
    get(key) {
      const text = attempt((store) => store.getItem(prefix + key), () => null) ?? memory.get(prefix + key);
      try {
        return text === undefined ? null : (JSON.parse(text) as unknown);
      } catch {
        return null;
      }
    },
    set(key, value) {
      const text = JSON.stringify(value);
      attempt((store) => store.setItem(prefix + key, text), () => void memory.set(prefix + key, text));
    },
    remove(key) {
      memory.delete(prefix + key);
      attempt((store) => store.removeItem(prefix + key), () => undefined);
    },
    keys(under) {
      const stored = attempt((store) => Array.from({ length: store.length }, (_, at) => store.key(at) ?? ''), () => []);
      return [...new Set([...stored, ...memory.keys()])]
        .filter((key) => key.startsWith(prefix + under))
        .map((key) => key.slice(prefix.length));
    },
  };
}
