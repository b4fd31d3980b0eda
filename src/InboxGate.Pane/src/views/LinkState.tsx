import type { Actions } from '../pane';
import type { State } from '../store';
import { words } from '../words';

/** A lost connection, a lost sign-in or an error is said, with the way out of it beside it. */
export function LinkState({ state: { link, problem, board }, actions }: { state: State; actions: Actions }) {
  if (link === 'offline') return <p class="strip" role="status">{words.link.offline}</p>;
  if (link === 'signedOut') {
    return (
      <div class="strip" role="status">
        <p>{problem ?? words.link.signedOutShort}</p>
        <button type="button" class="secondary" onClick={() => void actions.signIn()}>{words.link.signIn}</button>
      </div>
    );
  }
  if (link === 'error') {
    return (
      <div class="strip" role="status">
        <p>{words.link.error}{problem && <span class="quiet"> {problem}</span>}</p>
        <button type="button" class="secondary" onClick={actions.retry}>{words.link.retry}</button>
      </div>
    );
  }
  if (link === 'loading' && !board) return <p class="spoken" role="status">{words.link.loading}</p>;
  return problem ? <p class="strip" role="status">{problem}</p> : null;
}

/** The first screen: what this is and how to begin, before anything is asked. */
export function Welcome({ state: { problem }, actions }: { state: State; actions: Actions }) {
  return (
    <section class="card welcome">
      <h1>{words.link.signedOutTitle}</h1>
      <p>{words.link.signedOut}</p>
      {problem && <p role="alert">{problem}</p>}
      <button type="button" class="primary big" onClick={() => void actions.signIn()}>{words.link.signIn}</button>
    </section>
  );
}
