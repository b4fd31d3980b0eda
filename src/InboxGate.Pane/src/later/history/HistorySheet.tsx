import { Component } from 'preact';
import { ApiError } from '../../api';
import type { LaterEnds } from '../../pane';
import { words } from '../../words';
import type { SheetProps } from '../DryRunSheet';
import { Sheet } from '../Sheet';
import { addDays, serverNow } from '../times';
import { laterWords } from '../words';
import { answersOf, goals, hours, weekdays } from './figures';
import { firstDayOf, longestStreak, readHistory, spans, unitsOf, within, type History, type Span, type Unit } from './history';
import { Picture } from './Picture';
import { saveFile } from '../saveFile';
import { historyWords } from './words';

interface Looking {
  history: History | null;
  failed: string | null;
  span: Span;
  unit: Unit;
  file: 'none' | 'asking' | 'saved' | { failed: string };
}

/** A year of days is read for it. */
const patienceMilliseconds = 30_000;

/** Finished days against their goals, as pictures and as tables. The days are asked for once, whatever span is chosen. */
export class HistorySheet extends Component<SheetProps & { ends: LaterEnds }, Looking> {
  override state: Looking = { history: null, failed: null, span: 'fourWeeks', unit: 'calls', file: 'none' };

  override render() {
    const { history, failed, span } = this.state;
    const { open } = this.props;
    return (
      <Sheet title={laterWords.history.title} opened={() => void this.ask()} closed={() => open(null)}>
        {failed !== null && (
          <div class="strip" role="alert">
            <p>{historyWords.failed} <span class="quiet">{failed}</span></p>
            <button type="button" class="secondary" onClick={() => void this.ask()}>{laterWords.tryAgain}</button>
          </div>
        )}
        {!history && failed === null && (
          <div class="asking" role="status">
            <p class="quiet">{historyWords.asking}</p>
            <progress aria-label={laterWords.history.title} />
          </div>
        )}
        {history?.days.length === 0 && <p class="headline">{historyWords.nothingYet}</p>}
        {history && history.days.length > 0 && (
          <>
            <fieldset class="choices">
              <legend class="spoken">{historyWords.span}</legend>
              {(Object.keys(spans) as Span[]).map((one) => (
                <label key={one} class="chip">
                  <input type="radio" name="span" checked={one === span} onChange={() => this.setState({ span: one })} />
                  {historyWords.spans[one]}
                </label>
              ))}
            </fieldset>
            {this.figures(history)}
          </>
        )}
      </Sheet>
    );
  }

  private figures(history: History) {
    const { span, unit: chosen, file } = this.state;
    const days = within(history, span);
    const units = unitsOf(days);
    const unit = units.includes(chosen) ? chosen : 'calls';
    const now = this.props.state.board?.streak ?? 0;
    return (
      <>
        <section class="streak" aria-label={historyWords.streak}>
          <h3>{historyWords.streak}</h3>
          <p class="count"><span class="done">{now}</span> <span class="goal">{historyWords.streakNow}</span></p>
          <p class="count"><span class="longest">{Math.max(now, longestStreak(days))}</span> <span class="goal">{historyWords.streakLongest}</span></p>
        </section>
        <Picture figure={goals(days, span, unit)}>
          {units.length > 1 && (
            <label class="unit">
              <span class="spoken">{historyWords.unit}</span>
              <select value={unit} onChange={(event) => this.setState({ unit: (event.currentTarget as HTMLSelectElement).value as Unit })}>
                {units.map((one) => <option key={one} value={one}>{historyWords.units[one]}</option>)}
              </select>
            </label>
          )}
        </Picture>
        <Picture figure={weekdays(days)} />
        <Picture figure={hours(days)} />
        <Picture figure={answersOf(days)} />
        <footer class="decide">
          <p role="status">
            {file === 'saved' && historyWords.csvSaved}
            {file === 'asking' && words.link.loading}
          </p>
          {typeof file === 'object' && <p role="alert">{historyWords.csvFailed} <span class="quiet">{file.failed}</span></p>}
          <button type="button" class="secondary" disabled={file === 'asking'} onClick={() => void this.saveCsv()}>{historyWords.csv}</button>
        </footer>
      </>
    );
  }

  private async ask() {
    const { ends, state } = this.props;
    this.setState({ failed: null });
    try {
      const today = state.board?.today.date ?? new Date(serverNow(state)).toISOString().slice(0, 10);
      // The last finished day is the server's to know.
      const from = firstDayOf(spans.year, addDays(today, -1));
      this.setState({ history: readHistory(await ends.api.ask('GET', `/api/history?from=${from}`, undefined, patienceMilliseconds)) });
    } catch (error) {
      this.setState({ failed: this.saidOf(error) });
    }
  }

  /** All that is on screen, from the first day of the chosen span on. */
  private async saveCsv() {
    const { history, span } = this.state;
    const { to } = history!;
    const from = within(history!, span)[0]!.date;
    this.setState({ file: 'asking' });
    try {
      saveFile(await this.props.ends.api.file(`/api/history/csv?from=${from}&to=${to}`), `inboxgate-${from}-${to}.csv`);
      this.setState({ file: 'saved' });
    } catch (error) {
      this.setState({ file: { failed: this.saidOf(error) } });
    }
  }

  private saidOf(error: unknown): string {
    if (error instanceof ApiError && error.failure === 'signedOut') this.props.ends.failed(error);
    return error instanceof Error ? error.message : String(error);
  }
}
