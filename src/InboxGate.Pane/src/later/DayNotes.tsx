import type { Board } from '../board';
import type { State } from '../store';
import { timeWords } from '../words';
import { laterWords } from './words';

/** What the day's numbers stand on, where that is not what one would expect. */
export function DayNotes({ state: { board } }: { state: State }) {
  if (!board) return null;
  const assumed = assumedWords(board);
  const delegated = board.mailbox.access === 'delegated';
  if (!assumed && !delegated) return null;
  return (
    <div class="quiet day-notes">
      {assumed && <p>{assumed}</p>}
      {delegated && <p>{laterWords.delegated}</p>}
    </div>
  );
}

function assumedWords({ mailbox: { assumed }, today: { startsAt, endsAt, timeZone } }: Board): string | null {
  const what = { timeZone: assumed.includes('timeZone'), workingHours: assumed.includes('workingHours') };
  if (!what.timeZone && !what.workingHours) return null;
  const hours = startsAt && endsAt ? laterWords.hours(timeWords(startsAt, timeZone), timeWords(endsAt, timeZone)) : null;
  return laterWords.assumed(what, hours, timeZone);
}
