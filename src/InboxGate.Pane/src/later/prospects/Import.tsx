import { Component } from 'preact';
import { saveFile } from '../saveFile';
import { fields, importOf, previewOf, rejectedOf, undoRemoval, type Choices, type Preview, type Problem, type Progress, type Report } from './importing';
import { detailsOf, saidOf, titleOf, type ListEnds } from './prospects';
import { kindName, named, prospectWords } from './words';

interface Importing {
  file: File | null;
  choices: Choices;
  preview: Preview | null;
  /** What is under way. */
  work: 'none' | 'looking' | 'importing' | 'undoing';
  progress: Progress | null;
  report: Report | null;
  removalUndone: boolean;
  cancelled: boolean;
  failed: string | null;
  dragged: boolean;
}

const nothing: Importing = {
  file: null, choices: { mapping: {}, onConflict: 'keep', removeMissing: false }, preview: null, work: 'none', progress: null, report: null,
  removalUndone: false, cancelled: false, failed: null, dragged: false,
};
const problemsShown = 20;

/** A file is looked at first; what it would do is shown before anything is done. */
export class Import extends Component<{ ends: ListEnds; filled(): void }, Importing> {
  override state: Importing = nothing;

  private under: AbortController | null = null;
  /** The same for every try of one import, so that it counts once. */
  private id = '';

  override componentWillUnmount() {
    this.under?.abort();
  }

  override render() {
    const said = prospectWords.import;
    const { file, preview, work, progress, report, failed, cancelled } = this.state;
    return (
      <div class="import">
        {work !== 'importing' && this.choose()}
        {failed !== null && (
          <div class="strip" role="alert">
            <p>{said.failed} <span class="quiet">{failed}</span></p>
            {file && !report && <button type="button" class="secondary" onClick={() => void (preview ? this.import() : this.look())}>{prospectWords.tryAgain}</button>}
          </div>
        )}
        {cancelled && <p role="status">{said.cancelled}</p>}
        {work === 'looking' && <p class="quiet" role="status">{said.looking}</p>}
        {work === 'importing' && (
          <div class="asking">
            <p role="status">{said.importing(file!.name)}</p>
            <progress aria-label={said.title} max={1} value={progress?.of ?? 0} />
            <div class="row">
              <p class="quiet">{said.rowsRead(progress?.rows ?? 0)}</p>
              <button type="button" class="secondary" onClick={this.cancel}>{prospectWords.cancel}</button>
            </div>
          </div>
        )}
        {report ? this.told(report) : preview && work !== 'importing' && this.looked(preview)}
      </div>
    );
  }

  private choose() {
    const said = prospectWords.import;
    const { file, dragged } = this.state;
    return (
      <div
        class={dragged ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          if (!dragged) this.setState({ dragged: true });
        }}
        onDragLeave={() => this.setState({ dragged: false })}
        onDrop={(event) => {
          event.preventDefault();
          this.take(event.dataTransfer?.files[0]);
        }}
      >
        <label>
          <span class="secondary">{file ? said.another : said.choose}</span>
          <input class="spoken" type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" onChange={(event) => {
            const input = event.currentTarget as HTMLInputElement;
            this.take(input.files?.[0]);
            // The same file again is a choice too.
            input.value = '';
          }} />
        </label>
        <p class="quiet">{file ? file.name : said.drop}</p>
      </div>
    );
  }

  private looked(preview: Preview) {
    const said = prospectWords.import;
    const { choices, work } = this.state;
    const { columns, sample, wouldRemove } = preview;
    const isBusy = work !== 'none';
    return (
      <>
        <p>{said.would(preview)}</p>
        {this.problems(preview)}
        <table class="columns-table">
          <caption>{said.columns}</caption>
          <thead><tr><th scope="col">{said.column}</th><th scope="col">{said.means}</th></tr></thead>
          <tbody>
            {columns.map(({ index, header, field, samples }) => (
              <tr key={index}>
                <th scope="row"><b>{header || said.columnAt(index + 1)}</b> <span class="quiet">{samples.filter(Boolean).join(' · ')}</span></th>
                <td>
                  <select
                    aria-label={said.meansNamed(header || said.columnAt(index + 1))}
                    value={choices.mapping[index] ?? field ?? 'ignore'}
                    disabled={isBusy}
                    onChange={(event) => this.change({ mapping: { ...choices.mapping, [index]: (event.currentTarget as HTMLSelectElement).value } })}
                  >
                    {fields.map((one) => <option key={one} value={one}>{said.fields[one]}</option>)}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {sample.length > 0 && (
          <>
            <h3>{said.sample}</h3>
            <ul class="sample">
              {sample.map((one) => (
                <li key={one.entry}>
                  <b>{titleOf(one)}</b> <span class="tag">{kindName(one.kind)}</span>
                  <span class="quiet">{detailsOf(one).join(' · ')}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        {preview.conflicts > 0 && (
          <fieldset class="choice" disabled={isBusy}>
            <legend>{said.conflicts(preview.conflicts)}</legend>
            {(['keep', 'file'] as const).map((one) => (
              <label key={one}>
                <input type="radio" name={`conflict ${this.props.ends.base}`} checked={choices.onConflict === one} onChange={() => this.change({ onConflict: one })} /> {said.onConflict[one]}
              </label>
            ))}
          </fieldset>
        )}
        <label class="check">
          <input type="checkbox" checked={choices.removeMissing} disabled={isBusy} onChange={(event) => this.change({ removeMissing: (event.currentTarget as HTMLInputElement).checked })} /> {said.removeMissing}
        </label>
        {choices.removeMissing && (
          <div class="strip" role="status">
            <p>
              {said.wouldRemove(wouldRemove.count)}{' '}
              {wouldRemove.count > 0 && <span class="quiet">{wouldRemove.sample.map(titleOf).join(', ')}{wouldRemove.count > wouldRemove.sample.length && ' …'}</span>}
            </p>
          </div>
        )}
        <div class="row">
          <button type="button" class="primary" disabled={isBusy || preview.rows === preview.rejected} onClick={() => void this.import()}>{said.go(preview.rows - preview.rejected)}</button>
          <button type="button" class="secondary" onClick={() => this.setState(nothing)}>{prospectWords.cancel}</button>
        </div>
      </>
    );
  }

  private told(report: Report) {
    const said = prospectWords.import;
    const { work, removalUndone } = this.state;
    return (
      <>
        <p class="headline" role="status">{said.did(report)}</p>
        {report.conflicts > 0 && <p class="quiet">{said.conflicts(report.conflicts)}</p>}
        {report.removed > 0 && (
          <div class="row" role="status">
            <p>{removalUndone ? said.removalUndone : said.removed(report.removed)}</p>
            {!removalUndone && <button type="button" class="link" disabled={work !== 'none'} onClick={() => void this.undo()}>{prospectWords.undo}</button>}
          </div>
        )}
        {this.problems(report)}
      </>
    );
  }

  private problems({ rejected, problems, problemsLeftOff }: Report) {
    const said = prospectWords.import;
    const shown = (those: Problem[]) => (
      <ul class="problems">
        {those.slice(0, problemsShown).map(({ line, code, detail }) => <li key={`${line} ${code}`}><b>{said.line(line)}</b> {named(said.problems, code) ?? detail}</li>)}
      </ul>
    );
    const [left, taken] = [problems.filter((one) => one.rejected), problems.filter((one) => !one.rejected)];
    const more = Math.max(0, rejected - Math.min(left.length, problemsShown));
    return (
      <>
        {rejected > 0 && (
          <details class="left-out">
            <summary>{said.rejected(rejected)}</summary>
            {shown(left)}
            {more > 0 && <p class="quiet">{said.problemsMore(more)}</p>}
            <button type="button" class="link" onClick={() => void this.saveRejected()}>{said.rejectedCsv}</button>
          </details>
        )}
        {taken.length > 0 && (
          <details>
            <summary>{said.notes(taken.length + (left.length < rejected ? 0 : problemsLeftOff))}</summary>
            {shown(taken)}
          </details>
        )}
      </>
    );
  }

  private take(file: File | undefined) {
    this.setState({ dragged: false });
    if (!file) return;
    this.id = crypto.randomUUID();
    this.setState({ ...nothing, file }, () => void this.look());
  }

  private change(change: Partial<Choices>) {
    this.id = crypto.randomUUID();
    this.setState({ choices: { ...this.state.choices, ...change } }, () => void this.look());
  }

  /** Only the newest look counts. */
  private async look() {
    this.under?.abort();
    const mine = (this.under = new AbortController());
    const { file, choices } = this.state;
    this.setState({ work: 'looking', failed: null, cancelled: false });
    try {
      const preview = await previewOf(this.props.ends, file!, choices, mine.signal);
      if (this.under === mine) this.setState({ work: 'none', preview });
    } catch (error) {
      if (this.under === mine && !mine.signal.aborted) this.setState({ work: 'none', preview: null, failed: saidOf(this.props.ends, error) });
    }
  }

  private async import() {
    const mine = (this.under = new AbortController());
    const { file, choices } = this.state;
    this.setState({ work: 'importing', progress: null, failed: null, cancelled: false });
    try {
      const report = await importOf(this.props.ends, file!, choices, this.id, mine.signal, (progress) => this.setState({ progress }));
      this.setState({ work: 'none', report });
    } catch (error) {
      this.setState(mine.signal.aborted ? { work: 'none', cancelled: true } : { work: 'none', failed: saidOf(this.props.ends, error) });
      return;
    }
    this.filled();
  }

  private cancel = () => this.under?.abort();

  private async undo() {
    this.setState({ work: 'undoing', failed: null });
    try {
      await undoRemoval(this.props.ends, this.id);
      this.setState({ work: 'none', removalUndone: true });
    } catch (error) {
      this.setState({ work: 'none', failed: saidOf(this.props.ends, error) });
      return;
    }
    this.filled();
  }

  private filled() {
    this.props.ends.changed();
    this.props.filled();
  }

  private async saveRejected() {
    try {
      saveFile(await rejectedOf(this.props.ends, this.state.file!, this.state.choices), 'inboxgate-rejected.csv');
    } catch (error) {
      this.setState({ failed: saidOf(this.props.ends, error) });
    }
  }
}
