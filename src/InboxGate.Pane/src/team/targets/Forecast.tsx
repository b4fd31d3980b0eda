import { dayWords, number, teamWords } from '../words';
import type { DayGoals, Preview } from './targets';

const wide = 160;

/** Each day's goal as it is, and as it would be: bars, and the same in words beside them. */
export function Forecast({ preview: { reps, unreachable, days }, unit, isTeam }: { preview: Preview; unit: string; isTeam: boolean }) {
  const said = teamWords.targets.preview;
  const most = Math.max(1, ...days.flatMap(({ before, after }) => [before.total, after.total]));
  const changed = days.find(({ before, after }) => before.total !== after.total);
  return (
    <div class="forecast">
      <h3>{said.title}</h3>
      {isTeam && reps === 0 && <p>{said.nobody}</p>}
      {unreachable === null && <p>{said.hidden}</p>}
      {days.length > 0 && (
        <p>{changed ? said.changes(dayWords(changed.date), number(changed.before.total), teamWords.targets.ofUnit(changed.after.total, unit)) : said.nothing}{isTeam && reps > 0 && ` ${said.summed(reps)}`}</p>
      )}
      {unreachable !== null && unreachable > 0 && <p class="talk">{isTeam ? said.unreachable(unreachable, reps) : teamWords.unreachable}</p>}
      {days.length > 0 && (
        <>
          <p class="legend quiet"><span><i class="swatch before" /> {said.before}</span> <span><i class="swatch after" /> {said.after}</span></p>
          <ol class="forecast-days">
            {days.map(({ date, before, after }) => (
              <li key={date}>
                <span>{dayWords(date)}</span>
                <svg viewBox={`0 0 ${wide} 16`} preserveAspectRatio="none" aria-hidden="true">
                  <rect class="rest" x="0" y="1" height="5" width={(before.total / most) * wide} />
                  <rect class="made" x="0" y="9" height="5" width={(after.total / most) * wide} />
                </svg>
                <span class="numbers-of">
                  <span aria-hidden="true">{before.total === after.total ? number(after.total) : `${number(before.total)} → ${number(after.total)}`}</span>
                  <span class="spoken">{said.spoken(number(before.total), number(after.total))}</span>
                  {isTeam && eachWords(after) && <span class="quiet"> {eachWords(after)}</span>}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function eachWords({ least, most, total }: DayGoals): string | null {
  if (least === null || most === null || total === 0) return null;
  return teamWords.targets.preview.each(least === most ? number(most) : `${number(least)}–${number(most)}`);
}
