import { Component } from 'preact';
import { saveFile } from '../later/saveFile';
import { DoneOfGoal, Standing, TargetLines } from './Figures';
import type { TeamPage } from './page';
import type { Of } from './targets/TargetsDialog';
import { inOrder, named, together, units, type Column, type Order, type Team, type TeamRep } from './team';
import { Targets, AskTeam } from './Targets';
import { language, teamWords } from './words';

interface TableProps { page: TeamPage; team: Team; transitive: boolean }
interface TableState { order: Order; search: string; shown: number; csvFailed: boolean; asking: Of | null }

const columns: Column[] = ['name', ...units, 'target', 'onTrack'];
/** More than any screen shows at once; the others follow while nobody waits. */
const drawnFirst = 12;
const drawnNext = 20;

const whenIdle = (act: () => void) => ('requestIdleCallback' in window ? requestIdleCallback(act, { timeout: 200 }) : setTimeout(act, 16));

export class TeamTable extends Component<TableProps, TableState> {
  override state: TableState = { order: { by: 'name', down: false }, search: '', shown: drawnFirst, csvFailed: false, asking: null };
  private isGone = false;

  override componentDidMount() {
    this.drawMore();
  }

  override componentDidUpdate() {
    this.drawMore();
  }

  override componentWillUnmount() {
    this.isGone = true;
  }

  override render({ page, team, transitive }: TableProps, { order, search, shown, csvFailed, asking }: TableState) {
    const found = inOrder(named(team.reps, search, language), order, language);
    return (
      <section class="card team" aria-labelledby="team-title">
        <header class="toolbar">
          <h2 id="team-title">{teamWords.whole} <span class="quiet">{teamWords.reps(team.size)}</span></h2>
          <Reach page={page} transitive={transitive} />
          <label class="find"><span class="spoken">{teamWords.search}</span><input type="search" placeholder={teamWords.search} value={search} onInput={(event) => this.setState({ search: event.currentTarget.value })} /></label>
          <label class="sort-by">{teamWords.sort} <select value={`${order.by} ${order.down}`} onChange={(event) => this.choose(event.currentTarget.value)}>
            {columns.flatMap((by) => [false, true].map((down) => <option key={`${by} ${down}`} value={`${by} ${down}`}>{teamWords.column[by]}: {down ? teamWords.descending : teamWords.ascending}</option>))}
          </select></label>
          <button type="button" class="secondary" onClick={() => void this.save()}>{teamWords.csv}</button>
          <AskTeam page={page} team={team} />
        </header>
        {csvFailed && <p role="alert">{teamWords.csvFailed}</p>}
        <table role="table" aria-labelledby="team-title" aria-rowcount={found.length + 2}>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((by) => (
                <th key={by} role="columnheader" scope="col" aria-sort={order.by === by ? (order.down ? 'descending' : 'ascending') : 'none'}>
                  <button type="button" onClick={() => this.sort(by)}>{teamWords.column[by]}<i aria-hidden="true">{order.by === by ? (order.down ? ' ↓' : ' ↑') : ''}</i></button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            <TotalsRow team={team} />
            {found.slice(0, shown).map((rep) => <Row key={rep.rep} rep={rep} ask={this.ask} />)}
          </tbody>
        </table>
        {found.length === 0 && <p class="quiet" role="status">{teamWords.noneFound}</p>}
        {found.length > shown && <p class="quiet">{teamWords.more}</p>}
        {asking && <Targets page={page} of={asking} closed={() => this.setState({ asking: null })} />}
      </section>
    );
  }

  private ask = ({ rep, name, date }: TeamRep) => this.setState({ asking: { rep, name: name ?? teamWords.nameless, today: date } });

  private drawMore() {
    if (this.state.shown >= this.props.team.reps.length) return;
    whenIdle(() => this.isGone || this.setState(({ shown }) => ({ shown: shown + drawnNext })));
  }

  private sort(by: Column) {
    const { order } = this.state;
    this.setState({ order: { by, down: order.by === by ? !order.down : by !== 'name' } });
  }

  private choose(value: string) {
    const [by, down] = value.split(' ');
    this.setState({ order: { by: by as Column, down: down === 'true' } });
  }

  private async save() {
    const { page, transitive, team } = this.props;
    this.setState({ csvFailed: false });
    try {
      saveFile(await page.api.file(`/api/team/csv?transitive=${transitive}`), `inboxgate-team-${team.asOf.slice(0, 10)}.csv`);
    } catch {
      this.setState({ csvFailed: true });
    }
  }
}

export function Reach({ page, transitive }: { page: TeamPage; transitive: boolean }) {
  return (
    <label class="reach">
      <input type="checkbox" role="switch" checked={transitive} onChange={(event) => page.reachAll(event.currentTarget.checked)} /> {teamWords.transitive}
    </label>
  );
}

function TotalsRow({ team }: { team: Team }) {
  const { totals, reps, size } = team;
  if (!totals) return null;
  return (
    <tr role="row" class="whole">
      <th role="rowheader" scope="row">{teamWords.whole}</th>
      {units.map((unit) => <td key={unit} role="cell" data-column={teamWords.column[unit]}><DoneOfGoal unit={unit} counts={totals.counts} goals={totals.goals} /></td>)}
      <td role="cell" class="wide" data-column={teamWords.column.target}><TargetLines targets={together(reps)} /></td>
      <td role="cell" data-column={teamWords.column.onTrack}>{teamWords.onTrackOf(totals.onTrack, size)}</td>
    </tr>
  );
}

interface RowProps { rep: TeamRep; ask(rep: TeamRep): void }

/** Drawn again only when something of this rep changed. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate({ rep }: RowProps) {
    return rep !== this.props.rep;
  }

  override render({ rep, ask }: RowProps) {
    const { name, counts, goals, targets, onTrack } = rep;
    return (
      <tr role="row" data-rep={rep.rep}>
        <th role="rowheader" scope="row">
          <span>{name ?? teamWords.nameless}</span>
          <button type="button" class="link" aria-label={teamWords.targets.openNamed(name ?? teamWords.nameless)} onClick={() => ask(rep)}>{teamWords.targets.open}</button>
        </th>
        {units.map((unit) => <td key={unit} role="cell" data-column={teamWords.column[unit]}><DoneOfGoal unit={unit} counts={counts} goals={goals} /></td>)}
        <td role="cell" class="wide" data-column={teamWords.column.target}><TargetLines targets={targets} /></td>
        <td role="cell" data-column={teamWords.column.onTrack}><Standing targets={targets} onTrack={onTrack} /></td>
      </tr>
    );
  }
}
