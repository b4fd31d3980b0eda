// Ties the parts together: what the rep does, what Outlook tells, what the server answers.
import { ApiError, type Api } from './api';
import { troubleOf, type Auth, type SignInTrouble } from './auth';
import type { Board } from './board';
import type { Early } from './early';
import type { Host } from './host';
import { pinKey, type Kept } from './kept';
import { createKeptBoard } from './keptBoard';
import type { Sheet } from './later/state';
import { backoff, createLive } from './live';
import { createMessage, type Message } from './message';
import { createOutbox, leftToOthersMilliseconds } from './outbox';
import { fetchParts } from './parts';
import { createStore, type State, type Store } from './store';
import { createMadeToday } from './undo';
import { words } from './words';

export interface Actions {
  /** Several at once after a drive, each of them taken back by itself; or one to somebody on a list, by their entry. */
  callMade(amount?: number, prospect?: string): void;
  setOutcome(id: string, outcome: string): void;
  undo(): void;
  countNow(id: string): void;
  forget(id: string): void;
  reply(): void;
  correct(entry: string, kind: string): Promise<void>;
  undoCorrection(): Promise<void>;
  waive(gateId: string, reason: string): Promise<void>;
  takeBackWaiver(gateId: string): Promise<void>;
  /** `claims` is what a service asked for beyond a usual sign-in. */
  signIn(claims?: string | null): Promise<void>;
  retry(): void;
  /** Covers the pane with a sheet, or uncovers it. */
  open(sheet: Sheet | null): void;
  ends: LaterEnds;
}

/** What the parts that come later work with. */
export interface LaterEnds {
  api: Api;
  store: Store;
  kept: Kept;
  account(): string;
  settings: Host['settings'];
  newMessage: Host['newMessage'];
  isReachable: Message['isReachable'];
  answer: Message['answer'];
  refetch(): Promise<void>;
  failed(error: unknown): void;
  /** Back to the first screen, without what this account has left here. */
  signOut(): Promise<void>;
}

export interface PaneEnds {
  host: Host;
  api: Api;
  kept: Kept;
  auth: Pick<Auth, 'token' | 'signIn' | 'signOut'>;
  early?: Early | null;
  now?: () => number;
  connect?: boolean;
}

export interface Pane { store: Store; actions: Actions; stop(): void }

/** A pane that is opened again hears of the same call. */
const dialogCallKey = 'dialogCall';

/** In a page outside Outlook there is one account for each browser profile. */
const plainPage = 'page';

export function createPane({ host, api, kept, auth, early, now = Date.now, connect = true }: PaneEnds): Pane {
  const store = createStore();
  let account = plainPage;
  const made = createMadeToday(kept, () => account);
  const madeOn = (board: Board | null) => made.calls(board?.today.date ?? '');
  const keptBoard = createKeptBoard(kept, now);

  const outbox = createOutbox({
    kept,
    api,
    now,
    settled: (board) => {
      const change = { outbox: outbox.view() };
      if (board) store.take(board, change);
      else store.patch(change);
    },
    changed: () => store.patch({ outbox: outbox.view(), made: madeOn(store.state().board) }),
    failed,
  });

  // What the reminder and the ribbon's button ask the server with; nothing here waits for it.
  let ticket: Promise<(account: string) => Promise<void>> | null = null;
  const keepTicket = () => (ticket ??= import('./ticket').then(({ createTicket }) => createTicket({ host, api }))).then((keep) => keep(account)).catch(() => (ticket = null));

  const live = createLive({
    api,
    store,
    token: () => auth.token(false),
    idle: outbox.idle,
    failed,
    early: early?.answer,
    refreshed: () => {
      outbox.reread();
      void sendWaiting();
      if (store.state().outlook) void keepTicket();
      if (store.state().onScreen?.kind === 'message' && !store.state().verdict) void message.judge();
      if (connect) live.connect();
    },
  });

  function failed(error: unknown) {
    if (!(error instanceof ApiError)) {
      store.patch({ link: 'error', problem: error instanceof Error ? error.message : null });
      return;
    }
    const { board, link } = store.state();
    if (error.failure === 'refused') store.patch({ problem: error.message, link: board ? link : 'error' });
    else if (error.failure === 'signedOut') store.patch({ link: 'signedOut' });
    else store.patch({ link: error.failure === 'offline' ? 'offline' : 'error', problem: error.message });
  }

  let retry: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  async function sendWaiting() {
    await outbox.send();
    clearTimeout(retry);
    attempts = outbox.mayBeSent() ? attempts + 1 : 0;
    if (attempts > 0 && store.state().link !== 'signedOut') retry = setTimeout(() => void sendWaiting(), backoff(attempts));
  }

  const message = createMessage({ host, api, store, idle: outbox.idle, failed });

  let takeOver: ReturnType<typeof setTimeout> | undefined;
  const whenStored = (event: StorageEvent) => {
    if (event.key !== null && !/^inboxgate\.(outbox|made)\./.test(event.key)) return;
    outbox.reread();
    // What the ribbon's button or another pane cannot send is sent from here, when they had their time.
    clearTimeout(takeOver);
    takeOver = setTimeout(() => {
      outbox.reread();
      void sendWaiting();
    }, leftToOthersMilliseconds + 1_000);
  };
  window.addEventListener('storage', whenStored);

  let lastBoard: Board | null = null;
  store.subscribe((state) => {
    if (state.board !== lastBoard) {
      lastBoard = state.board;
      if (state.board && !state.keptCopy) keptBoard.keep(account, state.board);
      store.patch({ made: madeOn(state.board) });
      return;
    }
    const announcement = message.follow(state);
    if (announcement !== null) store.patch({ announcement });
  });

  function drawKept() {
    const copy = keptBoard.read();
    if (!copy) return;
    account = copy.account ?? plainPage;
    store.patch({ board: copy.board, keptCopy: true });
  }

  /** Until Outlook has said who is there, what is drawn may be another person's. */
  function belongTo(known: string): boolean {
    if (known === account) return true;
    account = known;
    if (store.state().board) store.patch({ board: null, keptCopy: false });
    return false;
  }

  async function start() {
    drawKept();
    store.patch({ outbox: outbox.view() });
    if (early) belongTo(early.account ?? plainPage);
    const begun = early ? live.refetch() : null;
    const { outlook, account: who } = await host.ready;
    const isSame = belongTo(who?.toLowerCase() ?? plainPage);
    if (!isSame) live.startOver();
    outbox.belongsTo(account);
    store.patch({ outlook });
    host.onItemChanged(() => {
      kept.set(pinKey, true);
      void message.look();
    });
    void message.look();
    await (isSame && begun ? begun : live.refetch());
    host.onDialogCall((id) => {
      if (kept.get(dialogCallKey) === id) return;
      kept.set(dialogCallKey, id);
      logCalls([id]);
    });
  }
  void start();

  const today = () => store.state().board?.today.date ?? '';
  const shownCalls = (state: State) => (state.board?.counts.calls ?? 0) + state.outbox.ahead;

  /** Each by its id, where it has one. */
  function logCalls(ids: (string | undefined)[], prospect?: string) {
    const { board, boardAt } = store.state();
    // By the server's clock, as every time in the pane.
    const at = board && boardAt > 0 ? Date.parse(board.asOf) + Date.now() - boardAt : now();
    for (const id of ids) made.add(outbox.log(id, prospect), today(), at);
    store.patch({ made: madeOn(store.state().board), announcement: words.announceCall(shownCalls(store.state())) });
    void sendWaiting();
  }

  async function change(act: () => Promise<void>) {
    store.patch({ refusal: null });
    try {
      await act();
    } catch (error) {
      if (error instanceof ApiError && error.failure !== 'refused') failed(error);
      store.patch({ refusal: error instanceof Error ? error.message : String(error) });
    }
  }

  async function signOut() {
    await auth.signOut();
    keptBoard.forget();
    store.patch({ board: null, verdict: null, link: 'signedOut', problem: null, later: { sheet: null } });
  }

  const actions: Actions = {
    callMade: (amount = 1, prospect) => logCalls(Array.from({ length: amount }, () => undefined), prospect),
    setOutcome(id, outcome) {
      made.say(id, outcome);
      outbox.setOutcome(id, outcome);
      void sendWaiting();
    },
    undo() {
      const id = made.calls(today()).at(-1)?.id;
      if (id === undefined) return;
      made.remove(id);
      outbox.undo(id);
      store.patch({ announcement: words.announceUndo(shownCalls(store.state())) });
      void sendWaiting();
    },
    countNow(id) {
      outbox.countNow(id);
      void sendWaiting();
    },
    forget: outbox.forget,
    reply: host.reply,
    correct: (entry, kind) =>
      change(async () => {
        const previous = await api.listed(entry);
        await api.list(entry, kind);
        store.patch({ correction: { entry, kind, previous } });
        await message.judge();
      }),
    undoCorrection: () =>
      change(async () => {
        const { correction } = store.state();
        if (!correction) return;
        if (correction.previous) await api.list(correction.entry, correction.previous);
        else await api.unlist(correction.entry);
        store.patch({ correction: null });
        await message.judge();
      }),
    waive: (gateId, reason) => change(async () => store.take(await api.waive(gateId, reason))),
    takeBackWaiver: (gateId) => change(async () => store.take(await api.takeBackWaiver(gateId))),
    async signIn(claims) {
      try {
        await auth.signIn(claims);
        store.patch({ link: 'loading', problem: null });
        await live.refetch();
        // Signed in, and still not let in: the server does not serve that account.
        if (store.state().link === 'signedOut') store.patch({ problem: await troubleWords('foreign') });
      } catch (error) {
        store.patch({ problem: await troubleWords(troubleOf(error)) });
      }
    },
    retry() {
      store.patch({ problem: null, link: store.state().board ? store.state().link : 'loading' });
      void live.refetch();
    },
    open: (sheet) => store.patch({ later: { ...store.state().later, sheet } }),
    ends: { api, store, kept, account: () => account, settings: host.settings, newMessage: host.newMessage, isReachable: message.isReachable, answer: message.answer, refetch: live.refetch, failed, signOut },
  };

  return {
    store,
    actions,
    stop() {
      live.stop();
      clearTimeout(retry);
      clearTimeout(takeOver);
      message.stop();
      window.removeEventListener('storage', whenStored);
    },
  };
}

/** The finer words come with the later parts, which a rep who is signed out has not fetched yet. */
async function troubleWords(trouble: SignInTrouble): Promise<string> {
  try {
    const { signInTroubleWords } = await fetchParts();
    return signInTroubleWords(trouble);
  } catch {
    return words.link.signInFailed;
  }
}
