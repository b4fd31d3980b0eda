// Clicks on their way to the server. Each is kept under its own key until the server has answered for it, so that
// closing the pane, a lost connection or a lost answer cannot lose it; its id makes sending it again harmless.
import { ApiError, type Api } from './api';
import type { Board } from './board';
import type { Kept } from './kept';

export interface Waiting {
  id: string;
  act: 'log' | 'undo' | 'outcome';
  /** How the call went, where that is what waits. */
  outcome?: string;
  /** The list entry of whoever was called, where that is known. */
  prospect?: string | undefined;
  /** By this machine's clock, used only to say how long ago the click was. */
  clickedAt: number;
  /** Whose click it is; null until Outlook has said who is there. */
  account: string | null;
  /** True once it was sent without a known answer: the server may have it. */
  tried: boolean;
  /** For an undo: whether the server had counted the call, so that the number on screen goes down. */
  counted: boolean;
  /** Why the server would not take it. The rep decides what happens to it then. */
  refused: string | null;
}

export interface OutboxView {
  /** Calls not yet acknowledged. */
  waiting: number;
  /** What the clicks on their way will add to the count of the board. */
  ahead: number;
  /** Calls that cannot be sent by themselves: older than seven days, or refused. */
  undecided: { id: string; clickedAt: number; refused: string | null }[];
}

export interface Outbox {
  /** From now on these clicks belong to `account` and may be sent. */
  belongsTo(account: string): void;
  /** `id` is given for a call that has one already: logging it again changes nothing. */
  log(id?: string, prospect?: string): string;
  undo(id: string): void;
  /** How a call went; sent after the call itself. */
  setOutcome(id: string, outcome: string): void;
  /** The rep's decision on an old or refused call: count it as made now, or forget it. */
  countNow(id: string): void;
  forget(id: string): void;
  view(): OutboxView;
  /** Sends what waits, in the order of the clicks. Resolves when nothing more can be sent for now. */
  send(): Promise<void>;
  /** Whether anything is left that another attempt may bring to the server, undos included. */
  mayBeSent(): boolean;
  /** Resolves when no click is under way. */
  idle(): Promise<void>;
  /** Another pane of this browser changed what is kept. What it is just sending is left to it. */
  reread(): void;
}

export interface OutboxEnds {
  kept: Kept;
  api: Pick<Api, 'logCall' | 'undoCall' | 'setOutcome'>;
  now: () => number;
  newId?: () => string;
  /** The server answered for a click; `board` is null when it refused it. */
  settled: (board: Board | null) => void;
  changed: () => void;
  failed: (error: unknown) => void;
}

export const oldestMilliseconds = 7 * 24 * 60 * 60 * 1000;

/** A pane that has not sent a click by then is closed or cannot. */
export const leftToOthersMilliseconds = 10_000;

const under = 'outbox.';

export function createOutbox(ends: OutboxEnds): Outbox {
  const { kept, api, now } = ends;
  const newId = ends.newId ?? (() => crypto.randomUUID());
  let account: string | null = null;
  let entries = read();
  let sending: Promise<void> | null = null;
  const inFlight = new Set<string>();

  function read(): Waiting[] {
    return kept
      .keys(under)
      .map((key) => kept.get(key))
      .filter(isWaiting)
      .sort((a, b) => a.clickedAt - b.clickedAt);
  }

  function keep(entry: Waiting) {
    kept.set(keyOf(entry), entry);
    const others = entries.filter((other) => keyOf(other) !== keyOf(entry));
    entries = [...others, entry].sort((a, b) => a.clickedAt - b.clickedAt);
  }

  /** The click itself, or what was said of the call. */
  function drop(key: string) {
    kept.remove(key);
    entries = entries.filter((entry) => keyOf(entry) !== key);
  }

  function dropAll(id: string) {
    entries.filter((entry) => entry.id === id).forEach((entry) => drop(keyOf(entry)));
  }

  const at = (key: string) => entries.find((entry) => keyOf(entry) === key);
  const find = (id: string) => at(under + id);
  const mine = () => entries.filter((entry) => entry.account === account || entry.account === null);
  const isUndecided = (entry: Waiting) =>
    entry.refused !== null || (entry.act === 'log' && now() - entry.clickedAt > oldestMilliseconds);

  async function sendAll() {
    for (let entry = next(); entry; entry = next()) {
      const outcome = await sendOne(entry);
      if (outcome === 'later') return;
    }
  }

  const next = () => (account === null ? undefined : mine().find((entry) => !isUndecided(entry) && (entry.act !== 'outcome' || !find(entry.id))));

  async function sendOne(entry: Waiting): Promise<'settled' | 'later'> {
    const secondsAgo = Math.max(0, Math.floor((now() - entry.clickedAt) / 1000));
    inFlight.add(keyOf(entry));
    keep({ ...entry, tried: true });
    try {
      const board =
        entry.act === 'log' ? await api.logCall(entry.id, secondsAgo, entry.prospect)
        : entry.act === 'undo' ? await api.undoCall(entry.id)
        : await api.setOutcome(entry.id, entry.outcome ?? '');
      // The rep may have undone the call while it was on its way: then the undo is what waits now. Or said otherwise.
      const left = at(keyOf(entry));
      if (left?.act === entry.act && left.outcome === entry.outcome) drop(keyOf(entry));
      else if (entry.act !== 'outcome') markCounted(entry.id);
      ends.settled(board);
      return 'settled';
    } catch (error) {
      if (error instanceof ApiError && error.failure === 'refused') {
        if (entry.act !== 'log') drop(keyOf(entry));
        else if (find(entry.id)?.act === 'log') keep({ ...entry, tried: true, refused: error.message });
        ends.settled(null);
        ends.failed(error);
        return 'settled';
      }
      ends.failed(error);
      return 'later';
    } finally {
      inFlight.delete(keyOf(entry));
    }
  }

  function markCounted(id: string) {
    const entry = find(id);
    if (entry) keep({ ...entry, counted: true });
  }

  return {
    belongsTo(who) {
      account = who;
      for (const entry of entries) if (entry.account === null) keep({ ...entry, account });
      ends.changed();
    },
    log(id = newId(), prospect) {
      const entry: Waiting = {
        id, act: 'log', clickedAt: now(), account, tried: false, counted: false, refused: null, prospect,
      };
      keep(entry);
      ends.changed();
      return entry.id;
    },
    undo(id) {
      const entry = find(id);
      if (entry?.act === 'undo') return;
      dropAll(id);
      if (!entry || entry.tried) {
        keep({ id, act: 'undo', clickedAt: now(), account, tried: false, counted: !entry, refused: null });
      }
      ends.changed();
    },
    setOutcome(id, outcome) {
      keep({ id, act: 'outcome', outcome, clickedAt: now(), account, tried: false, counted: false, refused: null });
      ends.changed();
    },
    countNow(id) {
      const entry = find(id);
      if (entry) keep({ ...entry, clickedAt: now(), refused: null });
      ends.changed();
    },
    forget(id) {
      dropAll(id);
      ends.changed();
    },
    view() {
      const own = mine();
      const logs = own.filter((entry) => entry.act === 'log' && !isUndecided(entry));
      const undone = own.filter((entry) => entry.act === 'undo' && entry.counted);
      return {
        waiting: logs.length,
        ahead: logs.length - undone.length,
        undecided: own
          .filter((entry) => entry.act === 'log' && isUndecided(entry))
          .map(({ id, clickedAt, refused }) => ({ id, clickedAt, refused })),
      };
    },
    send() {
      return (sending ??= sendAll().finally(() => (sending = null)));
    },
    mayBeSent: () => next() !== undefined,
    idle: () => sending ?? Promise.resolve(),
    reread() {
      const stored = read().filter((entry) => at(keyOf(entry)) || now() - entry.clickedAt > leftToOthersMilliseconds);
      // A click under way here is settled here.
      const ours = entries.filter((entry) => inFlight.has(keyOf(entry)) && !stored.some((other) => keyOf(other) === keyOf(entry)));
      entries = [...stored, ...ours];
      ends.changed();
    },
  };
}

const keyOf = ({ id, act }: Pick<Waiting, 'id' | 'act'>) => under + (act === 'outcome' ? `${id}.outcome` : id);

function isWaiting(value: unknown): value is Waiting {
  const entry = value as Partial<Waiting> | null;
  return (
    typeof entry === 'object' && entry !== null && typeof entry.id === 'string' &&
    (entry.act === 'log' || entry.act === 'undo' || (entry.act === 'outcome' && typeof entry.outcome === 'string')) && typeof entry.clickedAt === 'number'
  );
}
