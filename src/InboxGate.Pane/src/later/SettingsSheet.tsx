import type { State } from '../store';
import { dateWords, dayWords, timeWords, wordsOf } from '../words';
import type { SheetProps } from './DryRunSheet';
import type { Policy } from './policy';
import { Sheet } from './Sheet';
import { addDays, isSameDay, serverNow, startOfDay } from './times';
import { laterWords } from './words';

const hourMilliseconds = 60 * 60 * 1000;
/** The server takes a little more (PolicyController.cs). */
const longestPauseDays = 365;

/** The rep's own switches. Each is saved as it is touched. */
export function SettingsSheet({ state, actions, open }: SheetProps) {
  const { policy } = state.later;
  const answer = policy?.answer;
  const change = (what: Partial<Policy>) => void actions.changePolicy(what);
  return (
    <Sheet title={laterWords.settings.title} opened={() => void actions.readPolicy()} closed={() => open(null)}>
      {policy?.failed && (
        <div class="strip" role="alert">
          <p>{answer ? `${laterWords.settings.failed} ` : ''}{policy.failed}</p>
          <button type="button" class="secondary" onClick={() => void actions.readPolicy()}>{laterWords.tryAgain}</button>
        </div>
      )}
      {!answer && !policy?.failed && <p class="quiet" role="status">{laterWords.settings.asking}</p>}
      {answer && (
        <fieldset class="switches">
          <legend class="spoken">{laterWords.settings.title}</legend>
          <Switch label={laterWords.settings.gate} explain={laterWords.settings.gateExplain} on={answer.on} change={(on) => change({ on, pausedUntil: null })} />
          {answer.on && state.board && <Pause policy={answer} state={state} change={change} />}
          {answer.markMessages !== null && (
            <Switch
              label={laterWords.settings.marks}
              explain={laterWords.settings.marksExplain}
              problem={marksProblem(state)}
              on={answer.markMessages}
              change={(markMessages) => change({ markMessages })}
            />
          )}
          {answer.dialWith !== null && (
            <Switch
              label={laterWords.settings.teams}
              explain={laterWords.settings.teamsExplain}
              on={answer.dialWith === 'teams'}
              change={(on) => change({ dialWith: on ? 'teams' : 'tel' })}
            />
          )}
        </fieldset>
      )}
      <Switch
        label={laterWords.rehearsal.setting}
        explain={laterWords.rehearsal.settingExplain}
        on={actions.rehearsal().on}
        change={actions.switchRehearsal}
      />
      <p class="quiet" role="status">{state.later.saved && laterWords.settings.saved}</p>
      <button type="button" class="link" onClick={() => open('prospects')}>{laterWords.prospects.open}</button>
      <button type="button" class="link" onClick={() => open('plan')}>{laterWords.plan.open}</button>
      <button type="button" class="link" onClick={() => open('history')}>{laterWords.history.open}</button>
      <button type="button" class="link" onClick={() => open('dryRun')}>{laterWords.settings.dryRun}</button>
      <button type="button" class="link" onClick={() => open('privacy')}>{laterWords.privacy.open}</button>
      {/* In Outlook the account is the mailbox's. */}
      {!state.outlook && <button type="button" class="link" onClick={() => void actions.signOut()}>{laterWords.settings.signOut}</button>}
    </Sheet>
  );
}

function marksProblem({ board }: State): string | null {
  const marks = board?.mailbox.marks ?? 'off';
  return marks === 'on' || marks === 'off' ? null : wordsOf(laterWords.settings.marksProblem, marks) ?? laterWords.settings.marksOtherwise;
}

interface SwitchProps { label: string; explain: string; problem?: string | null; on: boolean; change(on: boolean): void }

function Switch({ label, explain, problem, on, change }: SwitchProps) {
  return (
    <label class="switch">
      <span>
        <b>{label}</b>
        <span class="quiet">{explain}</span>
        {problem && <span class="problem">{problem}</span>}
      </span>
      <input type="checkbox" role="switch" checked={on} onChange={(event) => change((event.currentTarget as HTMLInputElement).checked)} />
    </label>
  );
}

function Pause({ policy, state, change }: { policy: Policy; state: State; change(what: Partial<Policy>): void }) {
  const { date, timeZone } = state.board!.today;
  const now = serverNow(state);
  const pausedUntil = policy.pausedUntil ? Date.parse(policy.pausedUntil) : 0;
  const tomorrow = addDays(date, 1);
  const until = (instant: string) => change({ pausedUntil: instant });

  function untilDay(event: SubmitEvent) {
    event.preventDefault();
    const day = new FormData(event.currentTarget as HTMLFormElement).get('day');
    if (typeof day === 'string' && day > date) until(startOfDay(day, timeZone));
  }

  if (pausedUntil > now) {
    return (
      <div class="pause" role="group" aria-label={laterWords.settings.pause}>
        <b>{laterWords.settings.paused(untilWords())}</b>
        <button type="button" class="secondary" onClick={() => change({ pausedUntil: null })}>{laterWords.settings.resume}</button>
      </div>
    );
  }
  return (
    <div class="pause" role="group" aria-label={laterWords.settings.pause}>
      <b>{laterWords.settings.pause}</b>
      <button type="button" class="chip" onClick={() => until(new Date(serverNow(state) + hourMilliseconds).toISOString())}>{laterWords.settings.hour}</button>
      <button type="button" class="chip" onClick={() => until(startOfDay(tomorrow, timeZone))}>{laterWords.settings.today}</button>
      <form onSubmit={untilDay}>
        <label>{laterWords.settings.until} <input type="date" name="day" min={tomorrow} max={addDays(date, longestPauseDays)} required /></label>
        <button type="submit" class="secondary">{laterWords.settings.untilSet}</button>
      </form>
    </div>
  );

  function untilWords() {
    const instant = policy.pausedUntil!;
    if (isSameDay(pausedUntil, now, timeZone)) return timeWords(instant, timeZone);
    const isMidnight = startOfDay(addDays(date, 1), timeZone) === new Date(pausedUntil).toISOString();
    return isMidnight ? laterWords.settings.tomorrow : timeWords(instant, timeZone) === '0:00' ? dayWords(instant, timeZone) : dateWords(instant, timeZone);
  }
}
