import { Component } from 'preact';
import { isObject, objectsOf, textOf, textOrNull, type Asking } from './asking';
import { Section, type Acts } from './Section';
import { settingsWords } from './words';

interface Placed { rep: string; name: string; team: string | null; teamName: string | null; byHand: boolean }

const shownAtOnce = 25;

/** Who is in whose team where the directory does not say it right. */
export class TeamsByHand extends Component<{ api: Asking }, { reps: Placed[]; next: string | null; search: string; moving: string | null; managers: Placed[] | null }> {
  override state = { reps: [] as Placed[], next: null as string | null, search: '', moving: null as string | null, managers: null as Placed[] | null };

  override render() {
    const said = settingsWords.teams;
    const { reps, next, search, moving, managers } = this.state;
    return (
      <Section id="teams-by-hand" title={said.title} explain={said.explain} load={() => this.load('')}>
        {(acts) => (
          <>
            <form class="line-form" role="search" onSubmit={(event) => { const text = searched(event); void acts.act(() => this.load(text)); }}>
              <label>{said.search} <input type="search" name="search" autocomplete="off" /></label>
              <button type="submit" class="secondary" disabled={acts.busy}>{said.look}</button>
            </form>
            {reps.length === 0 && <p class="quiet">{said.none}</p>}
            <ul class="plain-list">
              {reps.map((one) => (
                <li key={one.rep}>
                  <span>
                    <b>{one.name}</b> <span class="quiet">{one.team === null ? said.noTeam : said.under(one.teamName ?? one.team)}</span>{' '}
                    {one.byHand && <span class="tag">{said.byHand}</span>}
                  </span>
                  <span class="row-of">
                    <button type="button" class="link" aria-expanded={moving === one.rep} aria-label={said.moveNamed(one.name)} onClick={() => this.setState({ moving: moving === one.rep ? null : one.rep, managers: null })}>{said.move}</button>
                    {one.byHand && one.team !== null && <button type="button" class="link" disabled={acts.busy} aria-label={said.backNamed(one.name)} onClick={() => this.back(one, acts)}>{said.back}</button>}
                  </span>
                  {moving === one.rep && (
                    <div class="moving">
                      <form class="line-form" role="search" onSubmit={(event) => this.seekManager(event, one, acts)}>
                        <label>{said.manager} <input type="search" name="search" required autocomplete="off" /></label>
                        <button type="submit" class="secondary" disabled={acts.busy}>{said.look}</button>
                      </form>
                      {managers?.length === 0 && <p class="quiet">{said.none}</p>}
                      {managers?.map((manager) => (
                        <button key={manager.rep} type="button" class="secondary" disabled={acts.busy} onClick={() => this.place(one, manager, acts)}>{said.placeUnder(manager.name)}</button>
                      ))}
                    </div>
                  )}
                </li>
              ))}
            </ul>
            {next !== null && <button type="button" class="secondary" disabled={acts.busy} onClick={() => void acts.act(() => this.load(search, next))}>{settingsWords.more}</button>}
          </>
        )}
      </Section>
    );
  }

  private async find(search: string, after: string | null = null): Promise<{ reps: Placed[]; next: string | null }> {
    const query = new URLSearchParams({ take: String(shownAtOnce), ...(search && { search }), ...(after && { after }) });
    const answer = await this.props.api.ask('GET', `/api/tenant/teams?${query}`);
    const reps = objectsOf(answer, 'reps').map(({ rep, name, team, teamName, byHand }) => ({
      rep: textOf(rep), name: textOf(name) || textOf(rep), team: textOrNull(team), teamName: textOrNull(teamName), byHand: byHand === true,
    }));
    return { reps, next: isObject(answer) ? textOrNull(answer['next']) : null };
  }

  private async load(search: string, after: string | null = null) {
    const { reps, next } = await this.find(search, after);
    this.setState({ reps: after === null ? reps : [...this.state.reps, ...reps], next, search });
  }

  private seekManager(event: Event, { rep }: Placed, { act }: Acts) {
    const search = searched(event);
    void act(async () => this.setState({ managers: (await this.find(search)).reps.filter((one) => one.rep !== rep) }));
  }

  private path = (manager: string, rep: string) => `/api/tenant/teams/${encodeURIComponent(manager)}/${encodeURIComponent(rep)}`;

  private async put(manager: string, rep: string) {
    await this.props.api.ask('PUT', this.path(manager, rep));
    await this.load(this.state.search);
  }

  private async drop(manager: string, rep: string) {
    await this.props.api.ask('DELETE', this.path(manager, rep));
    await this.load(this.state.search);
  }

  private place(one: Placed, manager: Placed, { act }: Acts) {
    const work = async () => {
      await this.put(manager.rep, one.rep);
      this.setState({ moving: null, managers: null });
    };
    const undo = () => (one.byHand && one.team !== null ? this.put(one.team, one.rep) : this.drop(manager.rep, one.rep));
    void act(work, settingsWords.teams.placed(one.name, manager.name), undo);
  }

  private back({ team, rep, name }: Placed, { act }: Acts) {
    void act(() => this.drop(team!, rep), settingsWords.teams.isBack(name), () => this.put(team!, rep));
  }
}

function searched(event: Event): string {
  event.preventDefault();
  return String(new FormData(event.currentTarget as HTMLFormElement).get('search')).trim();
}
