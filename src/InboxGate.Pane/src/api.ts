// The HTTP API, one function for each call. Every answer is checked here; every failure leaves as an ApiError.
import { readBoard, readListedKind, readVerdict, type Board, type Verdict } from './board';
import type { MessageFacts } from './host';

export type Failure = 'offline' | 'signedOut' | 'refused' | 'broken';

export class ApiError extends Error {
  constructor(
    readonly failure: Failure,
    readonly status: number,
    /** The stable `type` of the ProblemDetails, where there was one. */
    readonly type: string,
    said: string,
  ) {
    super(said);
  }
}

export interface Api {
  /** The board, or null when it has not changed since `etag`. `early` is an answer already on its way, taken if it is good. */
  board(etag?: string, early?: Promise<Response>): Promise<{ board: Board; etag: string | null } | null>;
  /** `secondsAgo` is left out for a call that is being made now, `prospect` for one to nobody on a list. */
  logCall(id: string, secondsAgo?: number, prospect?: string): Promise<Board>;
  undoCall(id: string): Promise<Board>;
  setOutcome(id: string, outcome: string): Promise<Board>;
  verdict(message: MessageFacts, signal: AbortSignal): Promise<Verdict>;
  waive(gateId: string, reason: string): Promise<Board>;
  takeBackWaiver(gateId: string): Promise<Board>;
  /** The kind the rep's own list gives this address or domain, or null. */
  listed(entry: string): Promise<string | null>;
  list(entry: string, kind: string): Promise<void>;
  unlist(entry: string): Promise<void>;
  /** What only the parts that come later ask; they check the answer themselves. */
  ask(method: string, path: string, body?: unknown, patienceMilliseconds?: number): Promise<unknown>;
  file(path: string): Promise<Blob>;
  /** As it comes: an answer that is read on its way, or is none of JSON. */
  call: ReturnType<typeof createCall>;
}

const timeoutMilliseconds = 10_000;

/** Gives a token for the API; a fresh one where the last was not taken. */
export type TokenSource = (fresh: boolean) => Promise<string>;
type Send = typeof fetch;

const ownFetch: Send = (input, init) => fetch(input, init);

interface Asking { etag?: string; signal?: AbortSignal; patience?: number | undefined; accept?: string }

/** Asks as whoever is signed in: an answer that is good, or unchanged since `etag`; whatever else there is leaves as an ApiError. */
export function createCall(token: TokenSource, send: Send = ownFetch) {
  let heldUntil = 0;
  return async function call(method: string, path: string, body?: unknown, more: Asking = {}): Promise<Response> {
    // Asked for too much: nothing is sent before the server said that it may be, and clicks wait as they do offline.
    if (Date.now() < heldUntil) throw new ApiError('offline', 429, '', '');
    const first = await attempt(false);
    // A token can be revoked or outlive its keys before it expires: ask once for a new one.
    const answer = first.status === 401 ? await attempt(true) : first;
    if (answer.ok || answer.status === 304) return answer;
    if (answer.status === 429) heldUntil = Date.now() + 1_000 * Number(answer.headers.get('retry-after'));
    throw await refusal(answer);

    async function attempt(fresh: boolean) {
      const headers: Record<string, string> = { accept: more.accept ?? 'application/json', authorization: `Bearer ${await token(fresh)}` };
      // The browser itself says where the parts of a form begin.
      const isForm = body instanceof FormData;
      if (body !== undefined && !isForm) headers['content-type'] = 'application/json';
      if (more.etag) headers['if-none-match'] = more.etag;
      const limit = AbortSignal.timeout(more.patience ?? timeoutMilliseconds);
      try {
        return await send(path, {
          method,
          headers,
          // The page keeps its own copy and entity tag; a cached answer would hide a 304.
          cache: 'no-store',
          signal: more.signal ? AbortSignal.any([more.signal, limit]) : limit,
          ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
        });
      } catch (error) {
        if (more.signal?.aborted) throw error;
        throw new ApiError('offline', 0, '', 'The server cannot be reached.');
      }
    }
  };
}

export function createApi(token: TokenSource, send: Send = ownFetch): Api {
  const call = createCall(token, send);
  const boardOf = async (answer: Response) => readBoard(await json(answer));
  const callPath = (id: string) => `/api/calls/${encodeURIComponent(id)}`;
  const waiverPath = (id: string) => `/api/gates/${encodeURIComponent(id)}/waiver`;
  const senderPath = (entry: string) => `/api/senders/${encodeURIComponent(entry)}`;

  return {
    async board(etag, early) {
      const begun = await early?.catch(() => null);
      const answer = begun?.ok ? begun : await call('GET', '/api/board', undefined, etag ? { etag } : {});
      return answer.status === 304 ? null : { board: await boardOf(answer), etag: answer.headers.get('etag') };
    },
    logCall: async (id, secondsAgo, prospect) => boardOf(await call('PUT', callPath(id), { secondsAgo: secondsAgo || undefined, prospect })),
    undoCall: async (id) => boardOf(await call('DELETE', callPath(id))),
    setOutcome: async (id, outcome) => boardOf(await call('PUT', `${callPath(id)}/outcome`, { outcome })),
    verdict: async (message, signal) =>
      readVerdict(await json(await call('POST', '/api/messages/verdict', message, { signal }))),
    waive: async (id, reason) => boardOf(await call('POST', waiverPath(id), { reason })),
    takeBackWaiver: async (id) => boardOf(await call('DELETE', waiverPath(id))),
    async listed(entry) {
      try {
        return readListedKind(await json(await call('GET', senderPath(entry))));
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
    list: async (entry, kind) => void (await call('PUT', senderPath(entry), { kind })),
    unlist: async (entry) => void (await call('DELETE', senderPath(entry))),
    ask: async (method, path, body, patience) => json(await call(method, path, body, { patience })),
    file: async (path) => (await call('GET', path)).blob(),
    call,
  };
}

export async function json(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    throw new ApiError('broken', answer.status, '', 'The server’s answer could not be read.');
  }
}

async function refusal(answer: Response): Promise<ApiError> {
  const problem: unknown = await answer.json().catch(() => null);
  const field = (name: string) => {
    const value = typeof problem === 'object' && problem !== null ? (problem as Record<string, unknown>)[name] : null;
    return typeof value === 'string' ? value : '';
  };
  const failure =
    answer.status === 401 ? 'signedOut' : answer.status === 429 ? 'offline' : answer.status >= 500 ? 'broken' : 'refused';
  const said = [field('title'), field('detail')].filter(Boolean).join(' ');
  return new ApiError(failure, answer.status, field('type'), said || `The server answered ${answer.status}.`);
}
