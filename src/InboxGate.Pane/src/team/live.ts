// Keeps the team current: the hub says that something changed, the page says that somebody is looking again, and a slow
// clock covers what neither tells. However much changes, the server is asked at most twice a second.
import { backoff } from '../live';

export interface Connection { stop(): void }

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
      // Whatever changed between the first answer and the connection was told to nobody.
      const opened = () => { isOpen = true; changed(); };
      connection = connect(transitive, { token, changed, opened, closed: () => (isOpen = false) }).catch(() => null);
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

const hub: Connect = async (transitive, { token, changed, opened, closed }) => {
  const { HttpTransportType, HubConnectionBuilder, LogLevel } = await import('@microsoft/signalr');
  const connection = new HubConnectionBuilder()
    .withUrl(`/hubs/team?transitive=${transitive}`, { skipNegotiation: true, transport: HttpTransportType.WebSockets, accessTokenFactory: token })
    .configureLogging(LogLevel.None)
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => backoff(previousRetryCount + 1) })
    .build();
  connection.on('changed', changed);
  connection.onreconnecting(closed);
  connection.onreconnected(opened);
  connection.onclose(closed);
  let stopped = false;
  void (async () => {
    for (let attempts = 1; !stopped; attempts++) {
      try {
        await connection.start();
        opened();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, backoff(attempts)));
      }
    }
  })();
  return {
    stop() {
      stopped = true;
      void connection.stop();
    },
  };
};
