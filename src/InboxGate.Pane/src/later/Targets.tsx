import type { Board } from '../board';
import type { Actions } from '../pane';
import type { State } from '../store';
import { laterWords } from './words';

/** What the manager asked, beside what was done of it up to this morning. */
export function Targets({ state: { board }, actions }: { state: State; actions: Actions }) {
  const targets = board?.targets ?? [];
  if (targets.length === 0) return null;
  return (
    <section class="card targets" aria-label={laterWords.targets.title}>
      <ul>
        {targets.map((target) => (
          <li key={`${target.unit} ${target.period}`}>
            <span>{laterWords.targets.line(target)}</span>
            <span class="quiet">{standing(target)}</span>
          </li>
        ))}
      </ul>
      <button type="button" class="link" onClick={() => actions.open('plan')}>{laterWords.plan.title}</button>
    </section>
  );
}

function standing({ left, reachable, dayGoal, done, workingDaysLeft }: Board['targets'][number]): string {
  if (left === 0) return laterWords.targets.closed;
  return reachable
    ? laterWords.targets.left(left, workingDaysLeft)
    : laterWords.targets.finish(dayGoal, done + dayGoal * workingDaysLeft);
}
