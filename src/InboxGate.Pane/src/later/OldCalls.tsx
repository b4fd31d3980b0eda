import type { Actions } from '../pane';
import type { State } from '../store';
import { dateWords } from '../words';
import { laterWords } from './words';

/** Calls that cannot be sent by themselves: the rep decides, one by one. */
export function OldCalls({ state: { outbox }, actions }: { state: State; actions: Actions }) {
  if (outbox.undecided.length === 0) return null;
  return (
    <section class="card old" tabIndex={-1} aria-label={laterWords.oldCalls.title(outbox.undecided.length)}>
      <h2>{laterWords.oldCalls.title(outbox.undecided.length)}</h2>
      <p class="quiet">{laterWords.oldCalls.explain}</p>
      <ul>
        {outbox.undecided.map(({ id, clickedAt, refused }) => (
          <li key={id}>
            <p>{laterWords.oldCalls.made(dateWords(clickedAt))}</p>
            {refused && <p class="quiet">{refused}</p>}
            <button type="button" class="secondary" onClick={() => actions.countNow(id)}>{laterWords.oldCalls.countNow}</button>{' '}
            <button type="button" class="link" onClick={() => actions.forget(id)}>{laterWords.oldCalls.forget}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}
