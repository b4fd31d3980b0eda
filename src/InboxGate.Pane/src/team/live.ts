// Keeps the team current: the hub says that something changed, the page says that somebody is looking again, and a slow
// clock covers what neither tells. However much changes, the server is asked at most twice a second.
import type { Connection } from '../hub';

/** Opens the hub and tells of each change; `opened` comes with every connection, also one made again. */
export type Connect = (transitive: boolean, ends: { token(): Promise<string>; changed(): void; opened(): void; closed(): void }) => Promise<Connection>;

export interface LiveEnds {
  refetch(): Promise<void>;
  token(): Promise<string>;
  mayAsk(): boolean;
  connect?: Connect | undefined;
}

export interface Live {
  refetch(): Promise<void>;
  /** Again with another reach; otherwise what is open stays. */
  connect(transitive: boolean): void;
  disconnect(): void;
  stop(): void;
}

const leastMilliseconds = 500;
/** Without the hub a team is still some seconds old at most; with it the clock only covers a new day. */
const pollMilliseconds = { open: 60_000, closed: 15_000 };

export function createLive({ refetch: ask, token, mayAsk, connect = hub }: LiveEnds): Live {
  let asking: Promise<void> | null = null;
  let askAgain = false;
  let lastAsked = -Infinity;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let later: ReturnType<typeof setTimeout> | undefined;
  let isOpen = false;
  let stopped = false;
  let reach: boolean | null = null;
  let connection: Promise<Connection | null> = Promise.resolve(null);

  function refetch(): Promise<void> {
    if (asking) {
      askAgain = true;
      return asking;
    }
    clearTimeout(soon);
    soon = undefined;
    lastAsked = Date.now();
    return (asking = ask().finally(() => {
      asking = null;
      poll();
      if (askAgain) changed();
      askAgain = false;
    }));
  }

  function changed() {
    if (stopped || soon !== undefined || !mayAsk()) return;
    soon = setTimeout(() => void refetch(), Math.max(0, lastAsked + leastMilliseconds - Date.now()));
  }

  function poll() {
    clearTimeout(later);
    if (stopped || !mayAsk()) return;
    later = setTimeout(() => (document.visibilityState === 'visible' ? changed() : poll()), isOpen ? pollMilliseconds.open : pollMilliseconds.closed);
  }

  const whenVisible = () => {
    if (document.visibilityState === 'visible') changed();
  };
  document.addEventListener('visibilitychange', whenVisible);
  window.addEventListener('online', changed);

  function disconnect() {
    reach = null;
    isOpen = false;
    void connection.then((open) => open?.stop(), () => undefined);
    connection = Promise.resolve(null);
  }

  return {
    refetch,
    connect(transitive) {
      if (reach === transitive || stopped) return;
      disconnect();
      reach = transitive;
      // What changed before it was open the hub says by itself.
      connection = connect(transitive, { token, changed, opened: () => (isOpen = true), closed: () => (isOpen = false) }).catch(() => null);
    },
    disconnect,
    stop() {
      stopped = true;
      clearTimeout(soon);
      clearTimeout(later);
      disconnect();
      document.removeEventListener('visibilitychange', whenVisible);
      window.removeEventListener('online', changed);
    },
  };
}

const hub: Connect = async (transitive, { changed, ...ends }) =>
  (await import('../hub')).openHub(`/hubs/team?transitive=${transitive}`, { ...ends, message: 'changed', heard: changed });
