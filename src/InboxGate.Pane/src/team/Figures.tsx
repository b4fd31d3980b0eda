import { longTargets, type Counts, type TeamTarget, type Unit } from './team';
import { named, number, teamWords } from './words';

/** What was done today of one unit, beside its goal. */
export function DoneOfGoal({ unit, counts, goals }: { unit: Unit; counts: Counts; goals: Counts }) {
  const [done, goal] = [counts[unit], goals[unit]];
  return (
    <>
      <span class="done-of"><b>{number(done)}</b> <span class="quiet">{goal > 0 ? teamWords.ofGoal(goal) : teamWords.noGoal}</span></span>
      {goal > 0 && <Bar done={done} due={goal} />}
    </>
  );
}

export function TargetLines({ targets }: { targets: TeamTarget[] }) {
  const lines = longTargets({ targets });
  if (lines.length === 0) return <span class="quiet">{teamWords.noTarget}</span>;
  return (
    <ul class="target-lines">
      {lines.map((target) => (
        <li key={`${target.unit} ${target.period} ${target.from}`}>
          <span class="done-of"><b>{teamWords.targetDone(target.done, target.due)}</b> <span class="quiet">{teamWords.targetName(named(teamWords.unit, target.unit), named(teamWords.period, target.period))}</span></span>
          <PaceLine {...target} />
          <span class="quiet">{paceWords(target)}</span>
        </li>
      ))}
    </ul>
  );
}

function paceWords({ done, pace, reachable }: TeamTarget): string {
  if (!reachable) return teamWords.unreachable;
  return done > pace ? teamWords.ahead(done - pace) : done < pace ? teamWords.behind(pace - done) : teamWords.atPace;
}

const wide = 120;
const high = 12;

/** The period as a line: what is done, and a mark where an even pace would be. */
function PaceLine({ done, due, pace }: Pick<TeamTarget, 'done' | 'due' | 'pace'>) {
  const at = (amount: number) => Math.round((Math.min(amount, due) / Math.max(1, due)) * wide);
  return (
    <svg class="pace" viewBox={`0 0 ${wide} ${high}`} preserveAspectRatio="xMinYMid" role="img" aria-label={teamWords.pace(done, due, pace)}>
      <rect class="rest" x="0" y="3" width={wide} height="6" rx="3" />
      {done > 0 && <rect class="made" x="0" y="3" width={Math.max(6, at(done))} height="6" rx="3" />}
      <rect class="mark-at" x={Math.min(wide - 2, Math.max(0, at(pace) - 1))} y="0" width="2" height={high} />
    </svg>
  );
}

/** Said in words beside it. */
function Bar({ done, due }: { done: number; due: number }) {
  return (
    <svg class="bar-of" viewBox={`0 0 ${wide} 4`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="rest" x="0" y="0" width={wide} height="4" rx="2" />
      <rect class={done >= due ? 'made met' : 'made'} x="0" y="0" width={(Math.min(done, due) / due) * wide} height="4" rx="2" />
    </svg>
  );
}

export function Standing({ targets, onTrack }: { targets: TeamTarget[]; onTrack: boolean }) {
  if (targets.length === 0) return <span class="quiet">–</span>;
  return onTrack ? <span class="tag good">{teamWords.onTrack}</span> : <span class="tag">{teamWords.notOnTrack}</span>;
}
