// A connection to one of the server's hubs: opened until it holds, and again whenever it breaks.
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { backoff } from './live';

export interface HubEnds {
  token(): Promise<string>;
  /** What the hub says, and who hears it. */
  message: string;
  heard(said: unknown): void;
  /** With every connection, also one made again. Whatever changed meanwhile the hub says by itself. */
  opened?(): void;
  closed?(): void;
}

export interface Connection { stop(): void }

export function openHub(address: string, { token, message, heard, opened, closed }: HubEnds): Connection {
  const connection = new HubConnectionBuilder()
    .withUrl(address, { skipNegotiation: true, transport: HttpTransportType.WebSockets, accessTokenFactory: token })
    .configureLogging(LogLevel.None)
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: ({ previousRetryCount }) => backoff(previousRetryCount + 1) })
    .build();
  let stopped = false;
  async function open() {
    for (let attempts = 1; !stopped; attempts++) {
      try {
        await connection.start();
        opened?.();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, backoff(attempts)));
      }
    }
  }

  connection.on(message, heard);
  connection.onreconnected(() => opened?.());
  connection.onreconnecting(() => closed?.());
  // A server in trouble closes for good; another one, or the same later, takes it.
  connection.onclose(() => {
    closed?.();
    setTimeout(() => void open(), backoff(1));
  });
  void open();
  return {
    stop() {
      stopped = true;
      void connection.stop();
    },
  };
}
