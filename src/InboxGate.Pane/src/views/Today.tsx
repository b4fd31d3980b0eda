import type { Board, Checkpoint } from '../board';
import type { Actions } from '../pane';
import type { State } from '../store';
import { timeWords, words, wordsOf } from '../words';
import { Mark } from './icons';
import { Later } from './Later';

/** The day's number, its goal, and the small goals on the way. */
export function Today({ state, actions }: { state: State; actions: Actions }) {
  const { board, keptCopy, link, outbox } = state;
  const done = (board?.counts.calls ?? 0) + outbox.ahead;
  const goal = board?.goals.calls ?? 0;
  const met = goal > 0 && done >= goal;
  const stale = board !== null && (keptCopy || link !== 'ready');
  return (
    <div class="today">
      <div class="numbers">
        <p class="count">
          <span class="spoken">{words.callsSpoken(done, goal)}</span>
          <span class="done" aria-hidden="true">{board ? done : outbox.ahead || '–'}</span>
          <span class="goal" aria-hidden="true">{board ? words.callsOf(goal) : ''}</span>
        </p>
        <ul class="notes">
          {stale && <li>{words.asOf(timeWords(board.asOf, board.today.timeZone))}</li>}
          {met && <li class="good"><Mark of="kept" /> {words.goalMet}</li>}
          {board && board.streak > 1 && <li>{words.streak(board.streak)}</li>}
          {board && !board.today.working && <li>{words.dayOff}</li>}
        </ul>
      </div>
      <Later part="DayPicture" state={state} actions={actions}>
        {(!board || goal > 0) && (
          <progress
            class={met ? 'met' : ''}
            aria-label={words.callsSpoken(done, goal)}
            max={Math.max(1, goal)}
            value={board ? Math.min(done, goal) : 0}
          />
        )}
        {board && <Checkpoints of={board.checkpoints} />}
        {board && <OtherCounts board={board} />}
      </Later>
    </div>
  );
}

export function Checkpoints({ of }: { of: readonly Checkpoint[] }) {
  if (of.length === 0) return null;
  const mixed = of.some(({ unit }) => unit !== of[0]!.unit);
  return (
    <ol class="checkpoints" aria-label={words.checkpoints}>
      {of.map((checkpoint) => (
        <li key={`${checkpoint.unit} ${checkpoint.key}`} class={checkpoint.state}>
          <span class="spoken">{spoken(checkpoint)}</span>
          <span aria-hidden="true" class="due">
            <Mark of={checkpoint.state} />
            {mixed ? words.counts(checkpoint.unit, checkpoint.due, 0) : checkpoint.due}
          </span>
          <span aria-hidden="true" class="name">{words.checkpointName(checkpoint)}</span>
        </li>
      ))}
    </ol>
  );
}

function spoken(checkpoint: Checkpoint): string {
  const state = wordsOf(words.checkpointState, checkpoint.state) ?? '';
  return words.checkpointSpoken(words.checkpointName(checkpoint), checkpoint.due, checkpoint.unit, state);
}

function OtherCounts({ board: { counts, goals } }: { board: Board }) {
  const shown = (['emails', 'meetings'] as const).filter((unit) => counts[unit] > 0 || goals[unit] > 0);
  if (shown.length === 0) return null;
  return (
    <ul class="others">
      {shown.map((unit) => <li key={unit}>{words.counts(unit, counts[unit], goals[unit])}</li>)}
    </ul>
  );
}
