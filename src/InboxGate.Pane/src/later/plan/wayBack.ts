// The way back for who is behind, as Core/Boards/Board.cs tells it, and the rep's answer to it.
import { ApiError } from '../../api';
import { maybe, shape, text, whole, yesNo, type Board } from '../../board';
import type { LaterEnds } from '../../pane';
import type { LaterState } from '../state';
import { readPlan, statementOf, type Plan } from './plan';

export interface WayBack {
  unit: string;
  period: string;
  behind: number;
  /** Null where what was asked is more than full days bring. */
  morePerDay: number | null;
  /** The period's last day. */
  until: string;
  normalDay: number;
  finishAt: number;
  atMost: number;
  /** Now is a good moment to speak of it. */
  offered: boolean;
}

const wayBack = maybe(
  shape<WayBack>({
    unit: text, period: text, behind: whole, morePerDay: maybe(whole), until: text, normalDay: whole, finishAt: whole, atMost: whole,
    offered: yesNo,
  }),
);

/** One that cannot be read is not spoken of: the rest of the board stands. */
export function readWayBack(value: unknown): WayBack | null {
  try {
    return wayBack(value, 'wayBack');
  } catch {
    return null;
  }
}

export type Choice = 'makeUp' | 'keepPace';

/** What the rep answered today, and the plan of before for its undo. */
export interface Answered {
  date: string;
  choice: Choice | null;
  /** As it was when it was answered: once answered, the board may offer none. */
  way: WayBack | null;
  before: Plan | null;
  countsFrom: string | null;
  asking: boolean;
  failed: string | null;
}

/** In Outlook's roaming settings, so that "not now" holds on every device. */
const answeredKey = 'inboxgate.wayBack';

export function wayBackActions({ api, store, kept, settings, account, refetch, failed }: LaterEnds) {
  const later = () => store.state().later;
  const patch = (answered: Answered | null) => store.patch({ later: { ...later(), answered } satisfies LaterState });
  const today = () => store.state().board?.today.date ?? '';
  const keptKey = () => `wayBack.${account()}`;

  function remember(date: string | null) {
    kept.set(keptKey(), date);
    void settings.set(answeredKey, date);
  }

  async function attempt(during: Answered, act: () => Promise<Answered | null>) {
    patch({ ...during, asking: true, failed: null });
    try {
      const after = await act();
      remember(after ? after.date : null);
      patch(after);
    } catch (error) {
      if (error instanceof ApiError && error.failure === 'signedOut') failed(error);
      patch({ ...during, asking: false, failed: error instanceof Error ? error.message : String(error) });
      return;
    }
    await refetch();
  }

  return {
    /** Whether today's offer was answered or put away, here or on another device. */
    isAnswered: (date: string): boolean => later().answered?.date === date || kept.get(keptKey()) === date || settings.get(answeredKey) === date,

    choose: (way: WayBack, choice: Choice) =>
      attempt({ date: '', choice: null, way, before: null, countsFrom: null, asking: true, failed: null }, async () => {
        const before = readPlan(await api.ask('GET', '/api/plan'));
        const keepsPaceUntil = choice === 'keepPace' ? way.until : null;
        // Who makes up already says yes to what is so: nothing changes by it.
        const after = keepsPaceUntil === before.keepsPaceUntil
          ? before
          : readPlan(await api.ask('PUT', '/api/plan', statementOf({ ...before, keepsPaceUntil })));
        const countsFrom = after === before ? null : after.countsFrom;
        return { date: today(), choice, way, before, countsFrom, asking: false, failed: null };
      }),

    undo: (answered: Answered) =>
      attempt(answered, async () => {
        const { keepsPaceUntil } = answered.before!;
        // Whatever else of the plan was changed since stays.
        const now = readPlan(await api.ask('GET', '/api/plan'));
        if (now.keepsPaceUntil !== keepsPaceUntil) await api.ask('PUT', '/api/plan', statementOf({ ...now, keepsPaceUntil }));
        return null;
      }),

    /** Until the next fresh start, which is another day's. */
    putAway() {
      remember(today());
      patch({ date: today(), choice: null, way: null, before: null, countsFrom: null, asking: false, failed: null });
    },
  };
}

export type WayBackActions = ReturnType<typeof wayBackActions>;

/** The target that a way back is about. */
export const targetOf = ({ unit, period }: WayBack, { targets }: Board) => targets.find((one) => one.unit === unit && one.period === period) ?? null;
