// What was just reached: said once, calmly, until the next call.
import type { Board, Checkpoint, Gate } from '../board';
import type { LaterEnds } from '../pane';
import { gateOnScreen } from '../standing';
import { words } from '../words';
import { laterWords } from './words';

export type Reward =
  | { kind: 'goal' }
  | { kind: 'checkpoint'; kept: Checkpoint; next: Checkpoint | null }
  /** Gates whose answers the last call earned, other than the one on screen: its own card says so. */
  | { kind: 'earned'; gates: Gate[] };

/** What the newer of two boards of one day has reached that the one before had not. */
export function reachedBetween(before: Board, board: Board, shown: Gate | null): Reward[] {
  if (before.today.date !== board.today.date || board.counts.calls <= before.counts.calls) return [];
  const rewards: Reward[] = [];
  const { calls } = board.goals;
  if (calls > 0 && before.counts.calls < calls && board.counts.calls >= calls) rewards.push({ kind: 'goal' });
  else {
    const kept = board.checkpoints.findLast((one) => one.state === 'kept' && stateOf(one, before) !== 'kept');
    if (kept) {
      const next = board.checkpoints.find(({ state, unit }) => state === 'next' && unit === kept.unit) ?? null;
      rewards.push({ kind: 'checkpoint', kept, next });
    }
  }
  const pending = new Set(before.gates.filter(({ state }) => state === 'pending').map(({ id }) => id));
  const gates = board.gates.filter(({ id, state }) => state === 'earned' && pending.has(id) && id !== shown?.id);
  if (gates.length > 0) rewards.push({ kind: 'earned', gates });
  return rewards;
}

const stateOf = ({ key, unit }: Checkpoint, { checkpoints }: Board) =>
  checkpoints.find((one) => one.key === key && one.unit === unit)?.state;

export function rewardWords(reward: Reward): string {
  switch (reward.kind) {
    case 'goal': return laterWords.reward.goal;
    case 'checkpoint': {
      const kept = words.kept(reward.kept);
      return reward.next ? words.keptThenNext(kept, reward.next.due, words.by(reward.next)) : kept;
    }
    case 'earned': {
      const [first, ...others] = reward.gates;
      return others.length > 0 ? laterWords.reward.earnedMany(reward.gates.length) : laterWords.reward.earned(nameOf(first!));
    }
  }
}

export const nameOf = ({ from }: Gate): string => from?.name || from?.address || words.someone;

/** Watches the boards that come in. What was said once that day is not said again after an undo. */
export function followRewards({ store, kept, account }: Pick<LaterEnds, 'store' | 'kept' | 'account'>): () => void {
  let last = store.state().keptCopy ? null : store.state().board;
  return store.subscribe((state) => {
    const { board } = state;
    if (board === last || !board || state.keptCopy) return;
    const before = last;
    last = board;
    const isLess = before !== null && (board.counts.calls < before.counts.calls || board.today.date !== before.today.date);
    const rewards = before ? reachedBetween(before, board, gateOnScreen(state)).filter((reward) => isNews(reward, board.today.date)) : [];
    if (rewards.length > 0) {
      store.patch({ later: { ...state.later, rewards }, announcement: rewards.map(rewardWords).join(' ') });
    } else if (state.later.rewards && (isLess || (before !== null && board.counts.calls > before.counts.calls))) {
      store.patch({ later: { ...state.later, rewards: [] } });
    }
  });

  function isNews(reward: Reward, date: string): boolean {
    if (reward.kind === 'earned') return true;
    const name = reward.kind === 'goal' ? 'goal' : `${reward.kept.unit} ${reward.kept.key}`;
    const key = `reached.${account()}`;
    const value = kept.get(key) as { date?: unknown; names?: unknown } | null;
    const names: unknown[] = value?.date === date && Array.isArray(value.names) ? value.names : [];
    if (names.includes(name)) return false;
    kept.set(key, { date, names: [...names, name] });
    return true;
  }
}
