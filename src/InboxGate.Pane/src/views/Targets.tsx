import type { Board } from '../board';
import { words } from '../words';

/** What the manager asked, beside what was done of it up to this morning. */
export function Targets({ board: { targets } }: { board: Board }) {
  if (targets.length === 0) return null;
  return (
    <section class="card targets" aria-label={words.targets.title}>
      <ul>
        {targets.map((target) => (
          <li key={`${target.unit} ${target.period}`}>
            <span>{words.targets.line(target)}</span>
            <span class="quiet">{standing(target)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function standing({ left, reachable, dayGoal, done, workingDaysLeft }: Board['targets'][number]): string {
  if (left === 0) return words.targets.closed;
  return reachable
    ? words.targets.left(left, workingDaysLeft)
    : words.targets.finish(dayGoal, done + dayGoal * workingDaysLeft);
}
