import { describe, expect, it, vi } from 'vitest';
import { ApiError, createApi } from '../src/api';
import { a } from './a';

const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(status === 304 ? null : JSON.stringify(value), { status, headers: { 'content-type': 'application/json', ...headers } });

function anApi(...answers: (Response | Error)[]) {
  const asked: { method: string; path: string; body: unknown; headers: Record<string, string> }[] = [];
  const tokens: boolean[] = [];
  const api = createApi(
    async (fresh) => {
      tokens.push(fresh);
      return fresh ? 'fresh' : 'kept';
    },
    async (path, init) => {
      asked.push({
        method: init!.method!, path: String(path), headers: init!.headers as Record<string, string>,
        body: init!.body === undefined ? undefined : JSON.parse(init!.body as string),
      });
      const answer = answers.shift();
      if (!answer) throw new Error('Nothing was expected.');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  );
  return { api, asked, tokens };
}

const failureOf = async (promise: Promise<unknown>) => {
  const error: unknown = await promise.then(() => null, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
};

it('waits as long as the server says when it was asked for too much', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { api, asked } = anApi(json({ title: 'That was too much at once.' }, 429, { 'retry-after': '3' }), json(a.board(), 200, { etag: '"10"' }));
  expect(await failureOf(api.undoCall('1'))).toMatchObject({ failure: 'offline', status: 429 });

  vi.advanceTimersByTime(2_900);
  expect(await failureOf(api.board())).toMatchObject({ failure: 'offline' });
  expect(asked).toHaveLength(1);

  vi.advanceTimersByTime(200);
  expect(await api.board()).toMatchObject({ etag: '"10"' });
  vi.useRealTimers();
});

it('asks for the board with its entity tag and hears that nothing changed', async () => {
  const { api, asked } = anApi(json(a.board(), 200, { etag: '"10"' }), json(null, 304));
  expect(await api.board()).toMatchObject({ etag: '"10"', board: { revision: 10 } });
  expect(await api.board('"10"')).toBeNull();
  expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"10"']);
});

it('logs a call of now without an age, and an older one with it', async () => {
  const { api, asked } = anApi(json(a.board(), 201), json(a.board(), 201));
  await api.logCall('id 1');
  await api.logCall('id 2', 90);
  expect(asked.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['PUT', '/api/calls/id%201', {}],
    ['PUT', '/api/calls/id%202', { secondsAgo: 90 }],
  ]);
});

it('asks once for a new token when the old one is not taken', async () => {
  const { api, asked, tokens } = anApi(json({}, 401), json(a.board()));
  await api.board();
  expect(tokens).toEqual([false, true]);
  expect(asked.map(({ headers }) => headers['authorization'])).toEqual(['Bearer kept', 'Bearer fresh']);
});

it('knows no kind for a sender that is not listed', async () => {
  const { api } = anApi(json({ type: 'not-listed', title: 'Not on your list.' }, 404), json({ kind: 'customer' }));
  expect(await api.listed('ann@contoso.com')).toBeNull();
  expect(await api.listed('ann@contoso.com')).toBe('customer');
});

describe('a failure', () => {
  it.each([
    [401, 'signedOut'], [403, 'refused'], [404, 'refused'], [409, 'refused'], [422, 'refused'],
    [429, 'offline'], [500, 'broken'], [503, 'broken'],
  ] as const)('of status %d is %s, in the words of the ProblemDetails', async (status, failure) => {
    const problem = { type: 'https://inboxgate.example/problems/x', title: 'What happened.', detail: 'What to do.' };
    const { api } = anApi(json(problem, status), json(problem, status));
    expect(await failureOf(api.undoCall('1'))).toMatchObject({ failure, status, message: 'What happened. What to do.', type: problem.type });
  });

  it('without ProblemDetails still has words', async () => {
    const { api } = anApi(new Response('<html>', { status: 502 }));
    expect(await failureOf(api.undoCall('1'))).toMatchObject({ failure: 'broken', message: 'The server answered 502.' });
  });

  it('to connect is offline', async () => {
    const { api } = anApi(new TypeError('Failed to fetch'));
    expect(await failureOf(api.board())).toMatchObject({ failure: 'offline' });
  });

  it('to be JSON is broken', async () => {
    const { api } = anApi(new Response('<html>', { status: 200 }));
    expect(await failureOf(api.board())).toMatchObject({ failure: 'broken' });
  });
});

it('asks what only later parts know, and gives the answer as it is', async () => {
  const { api, asked } = anApi(json({ any: 'thing' }));
  expect(await api.ask('PUT', '/api/policy', { on: true })).toEqual({ any: 'thing' });
  expect(asked.map(({ method, path, body }) => [method, path, body])).toEqual([['PUT', '/api/policy', { on: true }]]);
});

it('waits as long as it is told for an answer that takes its time', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  const { api } = anApi(json({}), json(a.board()));
  await api.ask('GET', '/api/dryrun', undefined, 90_000);
  await api.board();
  expect(timeout.mock.calls).toEqual([[90_000], [10_000]]);
});

it('passes on that a question was withdrawn', async () => {
  const { api } = anApi(new DOMException('Aborted', 'AbortError'));
  const stop = new AbortController();
  stop.abort();
  await expect(api.verdict(a.facts(), stop.signal)).rejects.toThrow('Aborted');
});
