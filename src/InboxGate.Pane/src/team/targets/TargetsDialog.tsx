import { Component } from 'preact';
import { ApiError } from '../../api';
import type { PageApi } from '../page';
import { units } from '../team';
import { dayWords, named, teamWords, whenWords } from '../words';
import { Forecast } from './Forecast';
import { isSame, periods, readPreview, readTargets, statementOf, type Asked, type Preview, type Statement, type Targets } from './targets';

/** `rep` is null for the whole team. */
export interface Of { rep: string | null; name: string; today: string }

interface DialogProps { api: PageApi; of: Of; changed(): void; closed(): void }

type Field = 'amount' | 'from';
interface Draft { unit: string; period: string; amount: string; from: string }
interface Done { said: string; undo: (() => Promise<void>) | null }

interface DialogState {
  known: Targets | null;
  failed: string | null;
  draft: Draft;
  /** Of exactly what is in the draft. */
  preview: Preview | null;
  problem: { field: Field | null; said: string } | null;
  busy: boolean;
  done: Done | null;
}

/** Long enough that a number is typed whole. */
const typingMilliseconds = 300;

export class TargetsDialog extends Component<DialogProps, DialogState> {
  override state: DialogState = {
    known: null, failed: null, draft: { unit: 'calls', period: 'month', amount: '', from: this.props.of.today }, preview: null, problem: null, busy: false, done: null,
  };
  private dialog: HTMLDialogElement | null = null;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  override componentDidMount() {
    this.dialog?.showModal();
    void this.load();
  }

  override componentDidUpdate() {
    // A control that did its work and went must not leave a keyboard user outside the dialog.
    if (document.activeElement === document.body) this.dialog?.focus();
  }

  override componentWillUnmount() {
    clearTimeout(this.typing);
    this.asked += 1;
  }

  override render({ of, closed }: DialogProps, { known, failed, draft, preview, problem, busy, done }: DialogState) {
    const said = teamWords.targets;
    return (
      <dialog class="sheet targets-sheet" tabIndex={-1} aria-labelledby="targets-title" ref={this.hold} onClose={closed}>
        <header>
          <h2 id="targets-title">{of.rep === null ? said.titleTeam : said.title(of.name)}</h2>
          <button type="button" class="secondary" onClick={() => this.dialog?.close()}>{said.close}</button>
        </header>
        {failed !== null && <div class="strip" role="alert"><p>{failed}</p><button type="button" class="secondary" onClick={() => void this.load()}>{teamWords.tryAgain}</button></div>}
        {!known && failed === null && <p class="quiet" role="status">{said.loading}</p>}
        {known && (
          <>
            <section aria-labelledby="in-force">
              <h3 id="in-force">{said.inForce}</h3>
              {known.inForce.length === 0 && <p class="quiet">{said.nothing}</p>}
              <ul class="lines">{known.inForce.map((one) => <li key={`${one.scope} ${one.unit} ${one.period}`}><span><b>{statementWords(one)}</b> <span class="quiet">{said.from(dayWords(one.from))}</span></span>{of.rep !== null && one.scope === 'team' && <span class="tag">{teamWords.whole}</span>}</li>)}</ul>
            </section>
            <form onSubmit={(event) => { event.preventDefault(); void this.save(); }} noValidate>
              <h3>{said.ask}</h3>
              <div class="fields">
                <label>{said.amount} <input type="text" inputMode="numeric" autocomplete="off" maxLength={12} value={draft.amount} {...this.faulty('amount')} onInput={(event) => this.draft({ amount: event.currentTarget.value })} /></label>
                <label>{said.unit} <select value={draft.unit} onChange={(event) => this.draft({ unit: event.currentTarget.value })}>{units.map((unit) => <option key={unit} value={unit}>{teamWords.unit[unit]}</option>)}</select></label>
                <label>{said.period} <select value={draft.period} onChange={(event) => this.draft({ period: event.currentTarget.value })}>{periods.map((period) => <option key={period} value={period}>{said.per[period]}</option>)}</select></label>
                <label>{said.fromLabel} <input type="date" value={draft.from} {...this.faulty('from')} onInput={(event) => this.draft({ from: event.currentTarget.value })} /></label>
              </div>
              {problem && <p class="problem" id="targets-problem" role="alert">{problem.said}</p>}
              <div role="status">{preview ? <Forecast preview={preview} unit={draft.unit} isTeam={of.rep === null} /> : <p class="quiet">{said.previewFirst}</p>}</div>
              <div><button type="submit" class="primary" disabled={busy || !preview}>{said.save}</button></div>
            </form>
            <div class="done-note" role="status">
              {done && <><span>{done.said}</span>{done.undo && <button type="button" class="link" disabled={busy} onClick={() => void this.act(done.undo!, said.undone)}>{said.undo}</button>}</>}
            </div>
            <section aria-labelledby="asked-before">
              <h3 id="asked-before">{said.history}</h3>
              {known.history.length === 0 && <p class="quiet">{said.noHistory}</p>}
              <ol class="lines">{known.history.map((one) => this.entry(one))}</ol>
            </section>
          </>
        )}
      </dialog>
    );
  }

  private entry(one: Asked) {
    const said = teamWords.targets;
    const { rep } = this.props.of;
    const isOwn = one.scope === (rep === null ? 'team' : 'rep');
    const what = `${statementWords(one)} ${said.from(dayWords(one.from))}`;
    return (
      <li key={one.id} class={one.takenBack ? 'taken-back' : ''}>
        <span>
          <b>{what}</b>{' '}
          {rep !== null && !isOwn && <span class="tag">{teamWords.whole}</span>}
          <span class="quiet when">{said.setBy(nameOf(one.setBy), whenWords(one.setAt))}{one.takenBack && ` ${said.takenBackBy(nameOf(one.takenBack.by), whenWords(one.takenBack.at))}`}</span>
        </span>
        {isOwn && !one.takenBack && <button type="button" class="link" disabled={this.state.busy} aria-label={said.takeBackNamed(what)} onClick={() => void this.takeBack(one)}>{said.takeBack}</button>}
      </li>
    );
  }

  private hold = (dialog: HTMLDialogElement | null) => void (this.dialog = dialog);
  private path = (rest = '') => `/api/targets/${this.props.of.rep ?? 'team'}${rest}`;

  private faulty(field: Field) {
    return this.state.problem?.field === field ? { 'aria-invalid': true, 'aria-describedby': 'targets-problem' } : {};
  }

  private async load() {
    this.setState({ failed: null });
    try {
      this.setState({ known: readTargets(await this.props.api.ask('GET', this.path())) });
    } catch (error) {
      this.setState({ failed: problemOf(error).said });
    }
  }

  private draft(change: Partial<Draft>) {
    this.asked += 1;
    this.setState({ draft: { ...this.state.draft, ...change }, preview: null, problem: null, done: null });
    clearTimeout(this.typing);
    this.typing = setTimeout(() => void this.preview(), typingMilliseconds);
  }

  private statement(): Statement | null {
    const { unit, period, amount, from } = this.state.draft;
    const typed = amount.trim();
    if (!typed || !from) return null;
    if (/^\d+$/.test(typed)) return { unit, period, amount: Number(typed), from };
    this.setState({ problem: { field: 'amount', said: teamWords.targets.wrongAmount } });
    return null;
  }

  private async preview() {
    const statement = this.statement();
    if (!statement) return;
    const mine = (this.asked += 1);
    try {
      const preview = readPreview(await this.props.api.ask('POST', this.path('/preview'), statement));
      if (mine === this.asked) this.setState({ preview });
    } catch (error) {
      if (mine === this.asked) this.setState({ problem: problemOf(error) });
    }
  }

  private save() {
    const statement = this.statement();
    if (!statement || !this.state.preview) return;
    const put = async () => {
      await this.put(statement);
      this.setState({ preview: null, draft: { ...this.state.draft, amount: '' } });
    };
    const undo = async () => {
      const scope = this.props.of.rep === null ? 'team' : 'rep';
      const made = this.state.known?.history.find((one) => one.scope === scope && !one.takenBack && isSame(one, statement));
      if (made) await this.drop(made);
    };
    return this.act(put, teamWords.targets.saved(statementWords(statement), dayWords(statement.from)), undo);
  }

  private takeBack(one: Asked) {
    return this.act(() => this.drop(one), teamWords.targets.takenBack(statementWords(one)), () => this.put(statementOf(one)));
  }

  private async put(statement: Statement) {
    await this.props.api.ask('PUT', this.path(), statement);
    await this.load();
  }

  private async drop({ id }: Asked) {
    await this.props.api.ask('DELETE', this.path(`/${encodeURIComponent(id)}`));
    await this.load();
  }

  /** Does it, says what was done and offers to take it back, or says why it was refused. */
  private async act(work: () => Promise<void>, said: string, undo?: () => Promise<void>) {
    this.setState({ busy: true, problem: null, done: null });
    try {
      await work();
      this.setState({ busy: false, done: { said, undo: undo ?? null } });
      this.props.changed();
    } catch (error) {
      this.setState({ busy: false, problem: problemOf(error) });
    }
  }
}

function statementWords({ unit, period, amount }: Statement): string {
  return teamWords.targets.statement(teamWords.targets.ofUnit(amount, unit), named(teamWords.targets.per, period));
}

const nameOf = ({ name }: { name: string | null }) => name ?? teamWords.nameless;

/** In the reader's language where the server's reason is known, at the field it is about. */
function problemOf(error: unknown): { field: Field | null; said: string } {
  const said = teamWords.targets;
  if (!(error instanceof ApiError)) return { field: null, said: error instanceof Error ? error.message : String(error) };
  if (error.failure === 'offline') return { field: null, said: said.offline };
  const reason = error.type.split('/').at(-1);
  if (reason === 'target-amount') return { field: 'amount', said: said.wrongAmount };
  if (reason === 'target-from') return { field: 'from', said: said.wrongFrom };
  if (reason === 'target-overlaps') return { field: 'from', said: said.overlaps };
  if (reason === 'rep-not-in-team') return { field: null, said: said.notYours };
  return { field: null, said: error.message };
}
