import { DoneOfGoal } from './Figures';
import type { TeamPage } from './page';
import { units, type Team } from './team';
import { AskTeam } from './Targets';
import { Reach } from './TeamTable';
import { teamWords } from './words';

/** Where single reps are nobody's to see. */
export function Totals({ page, team, transitive }: { page: TeamPage; team: Team; transitive: boolean }) {
  const { totals, size } = team;
  return (
    <section class="card totals" aria-labelledby="totals">
      <header class="toolbar">
        <h2 id="totals">{teamWords.whole} <span class="quiet">{teamWords.reps(size)}</span></h2>
        <Reach page={page} transitive={transitive} />
        <AskTeam page={page} team={team} />
      </header>
      <p class="quiet">{teamWords.totalsOnly}</p>
      {totals ? (
        <dl>
          {units.map((unit) => <div key={unit}><dt>{teamWords.column[unit]}</dt><dd><DoneOfGoal unit={unit} counts={totals.counts} goals={totals.goals} /></dd></div>)}
          <div><dt>{teamWords.column.onTrack}</dt><dd><b>{teamWords.onTrackOf(totals.onTrack, size)}</b></dd></div>
        </dl>
      ) : (
        <p>{teamWords.tooFew}</p>
      )}
    </section>
  );
}
