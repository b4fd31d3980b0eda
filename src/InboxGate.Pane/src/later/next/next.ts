// Whom to call next, as NextCallsReading.cs tells it, and what the rep does with it. Nothing is kept here: the store has it all.
import { ApiError } from '../../api';
import { instant, list, maybe, shape, text, UnexpectedData, whole, type Check } from '../../board';
import type { Actions } from '../../pane';
import type { State } from '../../store';
import { addDays } from '../times';
import type { LaterWords } from '../words/en';

export interface ToCall {
  /** The list entry's key. */
  entry: string;
  name: string | null;
  company: string | null;
  phoneText: string;
  /** A link that dials. */
  dial: string;
  /** There, as `09:05`. */
  localTime: string;
  lastContact: { at: string; by: string; outcome: string | null } | null;
  reason: string;
  days: number;
  because: string;
}

export interface NextCalls { calls: ToCall[]; whyNone: string | null }

export type HowPutOff = 'skip' | 'later' | 'never';

/** What the rep said instead of calling, kept for its undo. */
export interface PutOff { call: ToCall; how: HowPutOff; until: string | null; before: object }

export interface Calling {
  /** The board, by its instant, that was shown when this was asked. */
  board: string | null;
  asking: boolean;
  answer: NextCalls | null;
  failed: string | null;
  /** Called from here; the last answer may not know it yet. */
  called: readonly string[];
  /** Whose number was dialled: how it went is still to be said. */
  dialled: ToCall | null;
  putOff: PutOff | null;
}

/** What the card and its button can look like. */
export type NextCallsState = 'ready' | 'dialled' | 'notNow' | 'putOff' | 'asking' | 'offline' | 'failed' | keyof LaterWords['next']['none'];

const nothingYet: Calling = { board: null, asking: false, answer: null, failed: null, called: [], dialled: null, putOff: null };

/** Nothing else may be opened by a click on "Call". */
const dialLink: Check<string> = (value, where) => {
  const link = text(value, where);
  if (/^tel:\+\d+$/.test(link) || link.startsWith('https://teams.microsoft.com/l/call/')) return link;
  throw new UnexpectedData(`${where} is no link that dials.`);
};

export const readNext = (value: unknown): NextCalls =>
  shape<NextCalls>({
    calls: list(shape<ToCall>({
      entry: text,
      name: maybe(text),
      company: maybe(text),
      phoneText: text,
      dial: dialLink,
      localTime: text,
      lastContact: maybe(shape<NonNullable<ToCall['lastContact']>>({ at: instant, by: text, outcome: maybe(text) })),
      reason: text,
      days: whole,
      because: text,
    })),
    whyNone: maybe(text),
  })(value, 'next calls');

export const nameOf = ({ name, company, phoneText }: ToCall): string => name || company || phoneText;

/** More than are shown: a rep who is offline for a while goes on from them. */
const askedFor = 6;
const shownAtMost = 3;

/** Calls are what comes next: under a gate that waits for them, or because the day's next step is one. */
export function areCallsNext({ board, link }: State): boolean {
  if (!board || link === 'signedOut' || link === 'loading') return false;
  const { gate, gates, nextStep: { kind, unit } } = board;
  return (gate.on && gates.some(({ state }) => state === 'pending')) || (unit === 'calls' && kind !== 'offHours' && kind !== 'done');
}

export const readyCalls = ({ later: { calling } }: State): ToCall[] =>
  (calling?.answer?.calls ?? []).filter(({ entry }) => !calling!.called.includes(entry)).slice(0, shownAtMost);

export interface CallingActions {
  /** Asks when the answer there is belongs to an earlier board. */
  follow(): void;
  ask(): Promise<void>;
  dialled(call: ToCall): void;
  notCalled(): void;
  /** Logs the call; nothing is logged by dialling alone. */
  log(call: ToCall, outcome: string | null): void;
  /** `until` is the day for `later`. */
  putOff(call: ToCall, how: HowPutOff, until?: string): Promise<void>;
  undoPutOff(): Promise<void>;
}

export function callingActions({ ends: { api, store, failed }, callMade, setOutcome }: Actions): CallingActions {
  const calling = () => store.state().later.calling ?? nothingYet;
  const patch = (change: Partial<Calling>) => store.patch({ later: { ...store.state().later, calling: { ...calling(), ...change } } });

  async function take(question: () => Promise<unknown>): Promise<boolean> {
    const { board, outbox: { waiting } } = store.state();
    const { called } = calling();
    patch({ board: board?.asOf ?? null, asking: true, failed: null });
    try {
      const answer = readNext(await question());
      // What was called meanwhile, or waits to be sent, the server did not know yet.
      patch({ asking: false, answer, called: waiting === 0 && calling().called === called ? [] : calling().called });
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.failure === 'signedOut') failed(error);
      patch({ asking: false, failed: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }

  const ask = async () => void (await take(() => api.ask('GET', `/api/prospects/next?take=${askedFor}`)));
  const say = (entry: string, statement: object) =>
    take(() => api.ask('PUT', `/api/prospects/${encodeURIComponent(entry)}/calling?take=${askedFor}`, statement));

  return {
    follow() {
      const state = store.state();
      if (state.link === 'ready' && areCallsNext(state) && !calling().asking && calling().board !== state.board!.asOf) void ask();
    },
    ask,
    dialled: (call) => patch({ dialled: call }),
    notCalled: () => patch({ dialled: null }),
    log(call, outcome) {
      patch({ dialled: null, called: [...calling().called, call.entry] });
      callMade(1, call.entry);
      const id = store.state().made.at(-1)?.id;
      if (outcome && id) setOutcome(id, outcome);
    },
    async putOff(call, how, until) {
      const today = store.state().board!.today.date;
      const dueBefore = call.reason === 'followUpDue' ? addDays(today, -call.days) : null;
      const [statement, before] =
        how === 'skip' ? [{ skippedToday: true }, { skippedToday: false }]
        : how === 'later' ? [{ dueOn: until }, { dueOn: dueBefore }]
        : [{ never: true }, { never: false }];
      if (await say(call.entry, statement)) {
        patch({ putOff: { call, how, until: until ?? null, before }, dialled: calling().dialled?.entry === call.entry ? null : calling().dialled });
      }
    },
    async undoPutOff() {
      const { putOff } = calling();
      if (putOff && (await say(putOff.call.entry, putOff.before))) patch({ putOff: null });
    },
  };
}

/** The Monday after a day. */
export function nextMonday(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, weekday === 0 ? 1 : 8 - weekday);
}
