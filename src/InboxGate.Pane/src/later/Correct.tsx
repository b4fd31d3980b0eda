import type { Actions } from '../pane';
import type { State } from '../store';
import { kindWords, words } from '../words';
import { laterWords } from './words';

const kinds = ['prospect', 'customer', 'colleague', 'vip', 'other'] as const;

interface CorrectProps {
  state: Pick<State, 'correction' | 'refusal'>;
  actions: Pick<Actions, 'correct' | 'undoCorrection'>;
  address: string | null;
  kind: string;
}

/** One tap says who this is, for the address or for the whole company. */
export function Correct({ state, actions, address, kind }: CorrectProps) {
  const { correction, refusal } = state;
  if (correction) {
    return (
      <p class="corrected">
        {laterWords.correct.made(correction.entry, kindWords(correction.kind))}{' '}
        <button type="button" class="link" onClick={() => void actions.undoCorrection()}>{laterWords.correct.undo}</button>
      </p>
    );
  }
  if (!address) return null;
  const domain = address.slice(address.lastIndexOf('@') + 1);

  function choose(event: SubmitEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const chosen = (event.submitter as HTMLButtonElement | null)?.value;
    const scope = new FormData(form).get('scope');
    if (chosen) void actions.correct(scope === 'domain' ? domain : address!, chosen);
  }

  const form = (
    <form class="correct" onSubmit={choose}>
      <fieldset class="kinds">
        <legend class="quiet">{laterWords.correct.ask}</legend>
        <div class="scope" role="radiogroup" aria-label={laterWords.correct.scope}>
          <label><input type="radio" name="scope" value="address" defaultChecked /> {laterWords.correct.address}</label>
          <label><input type="radio" name="scope" value="domain" /> {laterWords.correct.domain(domain)}</label>
        </div>
        {kinds.filter((other) => other !== kind).map((other) => (
          <button key={other} type="submit" class="chip" value={other}>{words.kind[other]}</button>
        ))}
      </fieldset>
      {refusal && <p role="alert">{refusal}</p>}
    </form>
  );
  if (kind === 'unknown') return form;
  return <details><summary>{laterWords.correct.open}</summary>{form}</details>;
}
