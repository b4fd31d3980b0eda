import { Component, type ComponentChildren } from 'preact';
import type * as Parts from '../later';
import type { Actions } from '../pane';
import { fetchParts, parts } from '../parts';
import type { State } from '../store';

interface LaterProps {
  part: Exclude<keyof typeof Parts, 'speakLater' | 'signInTroubleWords'>;
  state: State;
  actions: Actions;
  children?: ComponentChildren;
}

/** A part that is fetched once the board is there: until then, and where it cannot be had, what stands in its place. */
export class Later extends Component<LaterProps> {
  override componentDidMount() {
    this.fetch();
  }

  override componentDidUpdate() {
    this.fetch();
  }

  private asked = false;

  private fetch() {
    const { state: { link }, actions } = this.props;
    if (parts || this.asked || link !== 'ready') return;
    this.asked = true;
    fetchParts()
      .then(() => this.setState({}))
      // Whoever asked for a sheet has moved on by the time it could be shown.
      .catch(() => this.props.state.later.sheet && actions.open(null))
      .finally(() => (this.asked = false));
  }

  override render({ part, state, actions, children }: LaterProps) {
    const Part = parts?.[part];
    return Part ? <Part state={state} actions={actions} /> : children;
  }
}
