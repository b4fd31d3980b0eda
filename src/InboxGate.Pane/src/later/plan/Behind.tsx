import type { Board } from '../../board';
import type { Actions } from '../../pane';
import type { State } from '../../store';
import { isRehearsalDue } from '../Rehearsal';
import { laterWords } from '../words';
import { dayOf, monthOf } from './dates';
import { readWayBack, targetOf, wayBackActions, type Answered, type WayBack } from './wayBack';
import { WriteToManager, type Mail } from './WriteToManager';

interface BehindProps { state: State; actions: Actions }

/** At a fresh start, for who is behind: one sentence and two choices, either of them fine. */
export function Behind({ state, actions }: BehindProps) {
  const { board, keptCopy, link } = state;
  if (!board || keptCopy || link !== 'ready') return null;
  const { ends } = actions;
  const act = wayBackActions(ends);
  const { answered } = state.later;
  if (answered?.choice && answered.date === board.today.date) return <Chosen {...{ answered, board, act }} />;
  const way = readWayBack(board.wayBack);
  // One thing at a time: the rule of the morning comes first.
  if (!way?.offered || act.isAnswered(board.today.date) || isRehearsalDue({ state, actions })) return null;
  const asking = answered?.asking === true;
  const { behind } = laterWords;
  return (
    <section class="card behind" aria-label={behind.title}>
      <p class="rule">
        {behind.by(way.behind, way.unit, way.period, monthOf(way))}{' '}
        {way.morePerDay === null
          ? behind.beyond(way.atMost, way.unit, untilOf(way))
          : way.morePerDay === 0 ? behind.closesAnyway(way.normalDay, untilOf(way)) : behind.closes(way.morePerDay, untilOf(way))}{' '}
        {way.morePerDay !== 0 && behind.or(way.normalDay, way.finishAt)}
      </p>
      <div class="choose" role="group" aria-label={behind.choose}>
        {way.morePerDay !== 0 && (
          <>
            <button type="button" class="secondary" disabled={asking} onClick={() => void act.choose(way, 'makeUp')}>
              {way.morePerDay === null ? behind.goFor(way.atMost) : behind.more(way.morePerDay)}
            </button>
            <button type="button" class="secondary" disabled={asking} onClick={() => void act.choose(way, 'keepPace')}>{behind.keep(way.normalDay)}</button>
          </>
        )}
        {way.morePerDay === null && <WriteToManager ends={ends} label={laterWords.mail.write} mail={() => mailOf(way, board)} />}
      </div>
      {answered?.failed && <p role="alert">{laterWords.settings.failed} <span class="quiet">{answered.failed}</span></p>}
      <button type="button" class="link" onClick={act.putAway}>{way.morePerDay === 0 ? behind.understood : behind.notNow}</button>
    </section>
  );
}

function Chosen({ answered, board, act }: { answered: Answered; board: Board; act: ReturnType<typeof wayBackActions> }) {
  const { choice, countsFrom, failed, asking } = answered;
  const way = answered.way!;
  const { behind } = laterWords;
  return (
    <section class="card behind" aria-label={behind.title} tabIndex={-1}>
      <p role="status">
        {choice === 'keepPace' ? behind.kept(way.normalDay, untilOf(way)) : way.morePerDay === null ? behind.full(untilOf(way)) : behind.made(way.morePerDay, untilOf(way))}{' '}
        {countsFrom !== null && countsFrom > board.today.date && behind.tomorrow}
      </p>
      {failed && <p role="alert">{laterWords.settings.failed} <span class="quiet">{failed}</span></p>}
      <div class="row">
        <button type="button" class="link" disabled={asking} onClick={() => void act.undo(answered)}>{behind.undo}</button>
        <button type="button" class="link" onClick={act.putAway}>{behind.understood}</button>
      </div>
    </section>
  );
}

const untilOf = ({ period, until }: WayBack) => laterWords.behind.until(period, Number(until.slice(8)), dayOf(until));

function mailOf(way: WayBack, board: Board): Mail {
  const target = targetOf(way, board);
  const period = laterWords.mail.period(way.period, monthOf(way));
  return {
    subject: laterWords.mail.subject(period),
    lines: [
      laterWords.mail.hello,
      ...(target ? [`${period}: ${laterWords.mail.doneOf(target.done, target.amount, target.unit)}`] : []),
      laterWords.behind.beyond(way.atMost, way.unit, untilOf(way)),
      laterWords.mail.ask,
    ],
  };
}
