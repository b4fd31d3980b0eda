import type { Board } from '../board';
import type { State } from '../store';
import { words } from '../words';

/** One next action, always small, and below it where the nearest small goal stands. */
export function NextStep({ state: { board, later } }: { state: State }) {
  if (!board) return <div class="next"><p class="step">&nbsp;</p></div>;
  // What was just reached says so itself, and what is next.
  const small = later.rewards?.some(({ kind }) => kind !== 'earned') ? null : smallGoal(board);
  return (
    <div class="next">
      <p class="step">{stepWords(board)}</p>
      {small && <p class="quiet">{small}</p>}
    </div>
  );
}

function stepWords({ nextStep: { kind, unit, amount }, gates, goals }: Board): string {
  if (kind === 'offHours') return words.nextStep.offHours;
  if (kind === 'done') return goals.calls + goals.emails + goals.meetings > 0 ? words.nextStep.done : words.nextStep.noGoal;
  if (kind !== 'gate') return unit === 'emails' ? words.nextStep.emails(amount) : words.nextStep.small(amount, unit);
  const nearest = gates.find((gate) => gate.state === 'pending' && gate.callsRemaining === amount);
  return words.nextStep.gate(amount, nearest?.from?.name ?? nearest?.from?.address ?? null);
}

function smallGoal({ checkpoints, counts, nextStep }: Board): string | null {
  if (nextStep.kind === 'offHours' || nextStep.kind === 'done') return null;
  const unit = nextStep.unit === 'emails' ? 'emails' : 'calls';
  const own = checkpoints.filter((checkpoint) => checkpoint.unit === unit);
  const next = own.find(({ state }) => state === 'next');
  if (!next) return null;
  const last = own[own.indexOf(next) - 1];
  const done = counts[unit];
  const by = words.by(next);
  // Just after a small goal the words look at the next one; further on, at the smaller part of it.
  return last?.state === 'kept' && (done - last.due) * 2 < next.due - last.due
    ? words.keptThenNext(words.kept(last), next.due, by)
    : words.progress(done, next.due, by);
}
