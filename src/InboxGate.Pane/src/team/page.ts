// The managers' page: who is signed in, what their team did, and what keeps it current.
import { ApiError, createCall, json, type TokenSource } from '../api';
import { troubleOf, type Auth, type SignInTrouble } from '../auth';
import type { Early } from '../early';
import { keepingSame, readTeam, type Team } from './team';
import { createLive, type Connect } from './live';

export type Tab = 'team' | 'rules' | 'company';
export type Link = 'loading' | 'ready' | 'signedOut' | 'forbidden' | 'offline' | 'error';

export interface PageState {
  link: Link;
  /** What the server said, where it said more than `link`. */
  problem: string | null;
  trouble: SignInTrouble | null;
  signingIn: boolean;
  team: Team | null;
  transitive: boolean;
  isAdministrator: boolean;
  tab: Tab;
}

export interface PageApi {
  /** JSON or a form goes, an answer that still has to be checked comes; null where the answer is empty. */
  ask(method: string, path: string, body?: unknown): Promise<unknown>;
  file(path: string): Promise<Blob>;
  /** As it comes: an answer that is read on its way, or is none of JSON. */
  call: ReturnType<typeof createCall>;
}

export interface TeamPage {
  api: PageApi;
  state(): PageState;
  subscribe(tell: () => void): () => void;
  begin(): void;
  show(tab: Tab): void;
  reachAll(transitive: boolean): void;
  refetch(): Promise<void>;
  /** Only from a click: may open a window. `other`: not with the account that is signed in. */
  signIn(other?: boolean): Promise<void>;
  signOut(): Promise<void>;
  stop(): void;
}

export interface PageEnds {
  auth: Pick<Auth, 'signIn' | 'signOut'> & { token: TokenSource };
  early?: Early | null;
  send?: typeof fetch;
  connect?: Connect;
}

export function createTeamPage({ auth, early, send, connect }: PageEnds): TeamPage {
  const call = createCall(auth.token, send);
  const listeners = new Set<() => void>();
  let state: PageState = {
    link: 'loading', problem: null, trouble: null, signingIn: false, team: null, transitive: false, isAdministrator: false, tab: 'team',
  };
  let etag: string | null = null;
  let drawnAt = 0;
  let begun = early?.account === null ? early.answer : undefined;
  /** What was asked for another account or another reach is of no use when it comes. */
  let asker = 0;

  const api: PageApi = {
    async ask(method, path, body) {
      const answer = await call(method, path, body);
      const isEmpty = answer.status === 204 || answer.headers.get('content-length') === '0';
      return isEmpty ? null : json(answer);
    },
    file: async (path) => (await call('GET', path)).blob(),
    call,
  };

  function patch(change: Partial<PageState>) {
    state = { ...state, ...change };
    listeners.forEach((tell) => tell());
  }

  async function ask() {
    const mine = asker;
    try {
      const first = await begun?.catch(() => null);
      begun = undefined;
      const answer = first?.ok ? first : await call('GET', `/api/team?transitive=${state.transitive}`, undefined, etag ? { etag } : {});
      const next = answer.status === 304 ? stillSo(state.team) : readTeam(await json(answer));
      if (mine !== asker) return;
      if (answer.status !== 304) etag = answer.headers.get('etag');
      drawnAt = Date.now();
      patch({ link: 'ready', problem: null, trouble: null, team: next && keepingSame(next, state.team) });
      live.connect(state.transitive);
    } catch (error) {
      if (mine === asker) failed(error);
    }
  }

  /** Nothing changed: by the server's clock it is as of now. */
  const stillSo = (team: Team | null) => team && { ...team, asOf: new Date(Date.parse(team.asOf) + Date.now() - drawnAt).toISOString() };

  function failed(error: unknown) {
    if (!(error instanceof ApiError)) patch({ link: 'error', problem: error instanceof Error ? error.message : null });
    else if (error.failure === 'signedOut') patch({ link: 'signedOut', problem: null });
    else if (error.status === 403) patch({ link: 'forbidden', problem: error.message, team: null });
    else patch({ link: error.failure === 'offline' ? 'offline' : 'error', problem: error.message });
  }

  const live = createLive({ refetch: ask, connect, token: () => auth.token(false), mayAsk: () => state.link !== 'signedOut' && state.link !== 'forbidden' });

  /** The company's settings are shown to whoever may read them. */
  async function findOut() {
    const mine = asker;
    const may = await api.ask('GET', '/api/tenant/policy').then(() => true, (error) => !(error instanceof ApiError) || error.failure === 'broken');
    if (mine !== asker) return;
    patch({ isAdministrator: may, tab: state.tab === 'company' && !may ? 'team' : state.tab });
  }

  function startOver() {
    asker += 1;
    etag = null;
    begun = undefined;
  }

  function begin() {
    void live.refetch().then(() => (state.link === 'signedOut' ? null : findOut()));
  }

  return {
    api,
    state: () => state,
    subscribe(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    begin,
    show: (tab) => patch({ tab }),
    reachAll(transitive) {
      startOver();
      patch({ transitive });
      void live.refetch();
    },
    refetch: live.refetch,
    async signIn(other = false) {
      patch({ signingIn: true, trouble: null });
      try {
        if (other) await auth.signOut();
        await auth.signIn();
        startOver();
        patch({ signingIn: false, link: 'loading', team: null });
        begin();
      } catch (error) {
        patch({ signingIn: false, trouble: troubleOf(error) });
      }
    },
    async signOut() {
      startOver();
      live.disconnect();
      patch({ link: 'signedOut', team: null, isAdministrator: false, tab: 'team', problem: null, trouble: null });
      await auth.signOut().catch(() => undefined);
    },
    stop: live.stop,
  };
}
