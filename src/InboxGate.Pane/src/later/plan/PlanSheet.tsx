import { Component } from 'preact';
import { ApiError } from '../../api';
import type { LaterEnds } from '../../pane';
import { words } from '../../words';
import type { SheetProps } from '../DryRunSheet';
import { Sheet } from '../Sheet';
import { laterWords } from '../words';
import { CheckpointsForm } from './CheckpointsForm';
import { dayOf } from './dates';
import { DaysOff } from './DaysOff';
import { readPlan, statementOf, type Plan } from './plan';
import { readPreview, type PlanSum, type Preview } from './preview';
import { Sums, sumWords } from './Sums';
import { planWords } from './words';
import { WriteToManager, type Mail } from './WriteToManager';

interface Planning {
  /** As the server has it. */
  saved: Plan | null;
  draft: Plan | null;
  /** Of the plan before the last save, for its undo. */
  before: Plan | null;
  preview: Preview | null;
  failed: string | null;
  /** Why the plan as it is drawn was not taken, or could not be worked out. */
  refused: string | null;
  work: 'none' | 'asking' | 'saving' | 'saved';
}

/** A handle on its way asks once it rests. */
const restsMilliseconds = 250;
const largestMargin = 20;

/** The rep's own plan: what it comes to is shown, and what it no longer reaches said, before it is saved. */
export class PlanSheet extends Component<SheetProps & { ends: LaterEnds }, Planning> {
  override state: Planning = { saved: null, draft: null, before: null, preview: null, failed: null, refused: null, work: 'none' };

  private resting: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  override componentWillUnmount() {
    clearTimeout(this.resting);
    this.asked = -1;
    // Escape is soon pressed: what was drawn is there again when the sheet is. The store draws, which must not happen within drawing.
    const { props: { ends: { store } }, state: { draft } } = this;
    const planDraft = draft && this.isChanged() ? draft : null;
    queueMicrotask(() => store.patch({ later: { ...store.state().later, planDraft } }));
  }

  override render() {
    const { draft, preview, failed } = this.state;
    return (
      <Sheet title={laterWords.plan.title} opened={() => void this.read()} closed={() => this.props.open(null)}>
        {failed !== null && (
          <div class="strip" role="alert">
            <p>{planWords.failed} <span class="quiet">{failed}</span></p>
            <button type="button" class="secondary" onClick={() => void this.read()}>{laterWords.tryAgain}</button>
          </div>
        )}
        {failed === null && !(draft && preview) && <p class="quiet" role="status">{words.link.loading}</p>}
        {draft && preview && this.plan(draft, preview)}
        {draft && preview && this.footer(preview)}
      </Sheet>
    );
  }

  private plan(draft: Plan, preview: Preview) {
    const { ends, state: { board } } = this.props;
    const { refused } = this.state;
    const today = board?.today.date ?? preview.countsFrom;
    const checkpoints = draft.checkpoints ?? preview.checkpoints.map(({ time, share }) => ({ time, share }));
    const ruling = rulingOf(preview);
    const isOfThese = JSON.stringify(checkpoints) === JSON.stringify(preview.checkpoints.map(({ time, share }) => ({ time, share })));
    const keepsPace = draft.keepsPaceUntil !== null && draft.keepsPaceUntil >= today;
    return (
      <div class="plan">
        <section class="sums" aria-label={planWords.comesTo}>
          <Sums sums={preview.sums} />
          {this.isChanged() && this.today(preview, today)}
        </section>
        {refused !== null && (
          <div class="strip" role="alert">
            <p>{planWords.notTaken} <span class="quiet">{refused}</span></p>
            <button type="button" class="secondary" onClick={() => void this.look()}>{laterWords.tryAgain}</button>
          </div>
        )}
        <CheckpointsForm
          checkpoints={checkpoints}
          isUsual={draft.checkpoints === null}
          day={preview.day}
          pieces={ruling && isOfThese ? ruling.pieces : null}
          change={(next) => this.change({ checkpoints: next })}
        />
        <fieldset class="margin">
          <legend><h3>{planWords.margin}</h3></legend>
          <p class="quiet" id="margin-why">{planWords.marginWhy}</p>
          <label>
            <span class="spoken">{planWords.margin}</span>
            <input
              type="range"
              min={0}
              max={largestMargin}
              step={1}
              value={draft.margin}
              aria-describedby="margin-why"
              aria-valuetext={planWords.percent(draft.margin)}
              onInput={(event) => this.change({ margin: Number((event.currentTarget as HTMLInputElement).value) })}
            />
            <output>{planWords.percent(draft.margin)}</output>
          </label>
        </fieldset>
        {keepsPace && (
          <div class="row pace">
            <p>{planWords.keepsPace(dayOf(draft.keepsPaceUntil!))}</p>
            <button type="button" class="link" onClick={() => this.change({ keepsPaceUntil: null })}>{planWords.makeUp}</button>
          </div>
        )}
        <DaysOff today={today} daysOff={draft.daysOff} halfDays={draft.halfDays} change={(away) => this.change(away)} />
        <WriteToManager ends={ends} label={planWords.discuss} mail={() => this.mail(checkpoints)} />
      </div>
    );
  }

  /** What becomes of today, and from when the rest counts. */
  private today({ countsFrom, today: { before, after } }: Preview, date: string) {
    const changed = (['calls', 'emails', 'meetings'] as const).filter((unit) => before[unit] !== after[unit]);
    return (
      <>
        {changed.map((unit) => <p key={unit}>{planWords.todayNow(words.counts(unit, after[unit], 0), before[unit])}</p>)}
        {countsFrom > date && <p>{planWords.easier}</p>}
      </>
    );
  }

  /** Stays in sight: what a change comes to is said where it is saved. */
  private footer(preview: Preview) {
    const { work, before, saved } = this.state;
    const isChanged = this.isChanged();
    const ruling = rulingOf(preview);
    const short = preview.sums.filter(({ reaches }) => !reaches);
    const { countsFrom } = saved!;
    const isLater = countsFrom !== null && countsFrom > (this.props.state.board?.today.date ?? countsFrom);
    return (
      <footer class="decide">
        <p role="status">
          {work === 'saved' && !isChanged && `${laterWords.settings.saved} ${isLater ? laterWords.behind.tomorrow : ''}`}
          {work === 'saving' && words.link.loading}
          {work !== 'saving' && isChanged && ruling && sumWords(ruling)}
        </p>
        {isChanged && short.length > 0 && <p class="short" role="status"><span aria-hidden="true">!</span> {short.map(({ total, asked }) => planWords.short(total, asked)).join(' ')}</p>}
        <button type="button" class="primary" disabled={!isChanged || work === 'saving'} onClick={() => void this.save(this.state.draft!)}>{planWords.save}</button>
        <button type="button" class="secondary" disabled={(!isChanged && !before) || work === 'saving'} onClick={() => this.undo()}>{laterWords.behind.undo}</button>
      </footer>
    );
  }

  private isChanged = () => JSON.stringify(statementOf(this.state.draft!)) !== JSON.stringify(statementOf(this.state.saved!));

  private change(change: Partial<Plan>) {
    this.setState({ draft: { ...this.state.draft!, ...change } });
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.look(), restsMilliseconds);
  }

  private async read() {
    this.setState({ failed: null });
    try {
      const saved = readPlan(await this.props.ends.api.ask('GET', '/api/plan'));
      const preview = await this.previewOf(saved);
      this.setState({ saved, draft: saved, preview });
      const { planDraft } = this.props.ends.store.state().later;
      if (planDraft) this.change(planDraft);
    } catch (error) {
      this.setState({ failed: this.saidOf(error) });
    }
  }

  /** Only the newest question's answer counts. */
  private async look(draft = this.state.draft!) {
    clearTimeout(this.resting);
    const mine = (this.asked += 1);
    this.setState({ work: 'asking' });
    try {
      const preview = await this.previewOf(draft);
      if (mine === this.asked) this.setState({ preview, refused: null, work: 'none' });
    } catch (error) {
      if (mine === this.asked) this.setState({ refused: this.saidOf(error), work: 'none' });
    }
  }

  private previewOf = async (plan: Plan) => readPreview(await this.props.ends.api.ask('POST', '/api/plan/preview', statementOf(plan)));

  private async save(plan: Plan, isUndo = false) {
    const { saved } = this.state;
    let taken: Plan;
    clearTimeout(this.resting);
    this.asked += 1;
    this.setState({ work: 'saving', refused: null });
    try {
      taken = readPlan(await this.props.ends.api.ask('PUT', '/api/plan', statementOf(plan)));
      this.setState({ saved: taken, draft: taken, before: isUndo ? null : saved });
    } catch (error) {
      this.setState({ refused: this.saidOf(error), work: 'none' });
      return;
    }
    await Promise.all([this.look(taken), this.props.ends.refetch()]);
    this.setState({ work: 'saved' });
  }

  /** What is not saved yet goes first, then what was. */
  private undo() {
    const { saved, before } = this.state;
    if (this.isChanged()) {
      this.setState({ draft: saved });
      void this.look(saved!);
    } else if (before) void this.save(before, true);
  }

  /** Without the margin, which is the rep's own. */
  private mail(checkpoints: readonly { time: string; share: number }[]): Mail {
    const targets = this.props.state.board?.targets ?? [];
    return {
      subject: laterWords.plan.title,
      lines: [
        laterWords.mail.hello,
        ...targets.map((target) => laterWords.targets.line(target)),
        `${planWords.checkpoints}: ${checkpoints.map(({ time, share }) => `${time} ${planWords.percent(share)}`).join(', ')}`,
        laterWords.mail.ask,
      ],
    };
  }

  private saidOf(error: unknown): string {
    if (error instanceof ApiError && error.failure === 'signedOut') this.props.ends.failed(error);
    return error instanceof Error ? error.message : String(error);
  }
}

/** The one that the calls of a day follow from. */
const rulingOf = ({ sums }: Preview): PlanSum | undefined => sums.find(({ unit, ruling }) => unit === 'calls' && ruling);
