// The message on screen: what it is, what the server says of it, the bar above it, and the way to its answer.
import { ApiError, type Api } from './api';
import { createBanner } from './banner';
import type { Gate } from './board';
import type { Host } from './host';
import { gateOnScreen } from './standing';
import type { State, Store } from './store';

export interface Message {
  /** Another message may be selected. */
  look(): Promise<void>;
  /** Asks the server about the one that is. */
  judge(): Promise<void>;
  /** Keeps the bar in step. Returns what it says from now on, if that is new. */
  follow(state: State): string | null;
  /** Whether one tap leads to this gate's mail: Outlook opens only what it has shown here before. */
  isReachable(gate: Gate): boolean;
  /** To a reply to this gate's mail, or to the mail. */
  answer(gate: Gate): void;
  stop(): void;
}

export interface MessageEnds {
  host: Host;
  api: Pick<Api, 'verdict'>;
  store: Store;
  /** Resolves when no click is under way. */
  idle(): Promise<void>;
  failed(error: unknown): void;
}

export function createMessage({ host, api, store, idle, failed }: MessageEnds): Message {
  // Only the newest question's answer counts.
  let judging: AbortController | null = null;
  let shownKey: string | null = null;
  let judgedRevision = -1;
  const itemIds = new Map<string, string>();
  const banner = createBanner(host, lookAgain);

  async function look() {
    shownKey = host.itemKey();
    judging?.abort();
    judging = null;
    banner.about(null);
    const key = shownKey;
    const onScreen = await host.onScreen();
    if (host.itemKey() !== key) return;
    banner.about(key);
    if (onScreen.kind === 'message' && onScreen.facts.itemId) itemIds.set(onScreen.facts.internetMessageId, onScreen.facts.itemId);
    store.patch({ onScreen, verdict: null, verdictFailed: false, correction: null, refusal: null });
    await judge();
  }

  async function judge() {
    const { onScreen } = store.state();
    if (onScreen?.kind !== 'message') return;
    judging?.abort();
    const mine = (judging = new AbortController());
    try {
      const verdict = await api.verdict(onScreen.facts, mine.signal);
      // Its board may hold a click that is still counted as on its way.
      await idle();
      if (mine.signal.aborted) return;
      judgedRevision = verdict.board.revision;
      store.take(verdict.board, { verdict, verdictFailed: false });
    } catch (error) {
      if (mine.signal.aborted) return;
      store.patch({ verdictFailed: true });
      if (!(error instanceof ApiError && error.failure === 'refused')) failed(error);
    }
  }

  /** ItemChanged can be missed; coming back to the pane looks again, and asks again when facts have moved on. */
  function lookAgain() {
    if (host.itemKey() !== shownKey) void look();
    else if (store.state().verdictFailed || (store.state().board?.revision ?? -1) > judgedRevision) void judge();
  }
  const whenVisible = () => {
    if (document.visibilityState === 'visible') lookAgain();
  };
  window.addEventListener('focus', lookAgain);
  document.addEventListener('visibilitychange', whenVisible);

  const isShown = (gate: Gate) => gate.id === gateOnScreen(store.state())?.id && store.state().onScreen?.kind === 'message';

  return {
    look,
    judge,
    follow: banner.follow,
    isReachable: (gate) => isShown(gate) || itemIds.has(gate.internetMessageId ?? ''),
    answer(gate) {
      const itemId = itemIds.get(gate.internetMessageId ?? '');
      if (isShown(gate)) host.reply();
      else if (itemId) void host.open(itemId);
    },
    stop() {
      judging?.abort();
      window.removeEventListener('focus', lookAgain);
      document.removeEventListener('visibilitychange', whenVisible);
    },
  };
}
