import { Component } from 'preact';
import { LazyPart } from './LazyPart';
import type { TeamPage } from './page';
import type { Of } from './targets/TargetsDialog';
import type { Team } from './team';
import { teamWords } from './words';

/** The dialog with what is asked of a rep or of the team; its script is fetched when it is opened. */
export function Targets({ page, of, closed }: { page: TeamPage; of: Of; closed(): void }) {
  const fetch = async () => {
    const { TargetsDialog } = await import('./targets/TargetsDialog');
    return () => <TargetsDialog api={page.api} of={of} changed={() => void page.refetch()} closed={closed} />;
  };
  return <LazyPart fetch={fetch} />;
}

export class AskTeam extends Component<{ page: TeamPage; team: Team }, { isOpen: boolean }> {
  override render() {
    const { page, team } = this.props;
    // Everybody's day, or the reader's where nobody is there to tell.
    const today = team.reps[0]?.date ?? team.asOf.slice(0, 10);
    return (
      <>
        <button type="button" class="primary" onClick={() => this.setState({ isOpen: true })}>{teamWords.targets.openTeam}</button>
        {this.state.isOpen && <Targets page={page} of={{ rep: null, name: teamWords.whole, today }} closed={() => this.setState({ isOpen: false })} />}
      </>
    );
  }
}
