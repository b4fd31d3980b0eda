import { words } from '../../words';
import { added, lengthOf, minutesOf, moved, readTime, removed, shareRange, stepMinutes, timeAt, timeRange, weighed, type Day } from './checkpoints';
import type { CheckpointPlan } from './plan';
import { Slider } from './Slider';
import { Typed } from './Typed';
import { planWords } from './words';

interface CheckpointsFormProps {
  checkpoints: readonly CheckpointPlan[];
  /** Whether they are the usual ones of the working day. */
  isUsual: boolean;
  day: Day;
  /** What each checkpoint asks on top of the one before, where the server has said it of just these. */
  pieces: readonly number[] | null;
  change(checkpoints: CheckpointPlan[] | null): void;
}

const leapMinutes = 30;
const shareStep = 5;
const shareLeap = 20;
/** A narrower piece has no room for its number. */
const roomyPercent = 11;

/** The pieces of the day: when on one rail, how much on another, both again as fields to type in. */
export function CheckpointsForm({ checkpoints, isUsual, day, pieces, change }: CheckpointsFormProps) {
  const more = added(checkpoints, day);
  const last = checkpoints.length - 1;
  const clock = (time: string) => time.replace(/^0/, '');
  const moveTo = (nth: number, time: string | null) => time !== null && change(moved(checkpoints, nth, minutesOf(time, day), day));
  const weighTo = (nth: number, share: number) => Number.isFinite(share) && change(weighed(checkpoints, nth, share));
  const shareOf = (nth: number) => checkpoints[nth]!.share - (checkpoints[nth - 1]?.share ?? 0);
  return (
    <fieldset class="checkpoints-form">
      <legend><h3>{planWords.checkpoints}</h3></legend>
      <p class="quiet">{planWords.when}</p>
      <div class="rail when">
        {checkpoints.map(({ time }, nth) => (
          <Slider
            key={nth}
            label={planWords.timeOf(nth + 1)}
            said={clock(time)}
            value={minutesOf(time, day)}
            range={timeRange(checkpoints, nth, day)}
            whole={lengthOf(day)}
            step={stepMinutes}
            leap={leapMinutes}
            shown={String(nth + 1)}
            change={(minutes) => change(moved(checkpoints, nth, minutes, day))}
          />
        ))}
      </div>
      <div class="rail-ends" aria-hidden="true"><span>{clock(day.start)}</span><span>{clock(timeAt(lengthOf(day), day))}</span></div>
      <p class="quiet">{planWords.howMuch}</p>
      <div class="rail shares">
        {checkpoints.map((_, nth) => (
          <span key={nth} class="share" aria-hidden="true" style={{ inlineSize: `${shareOf(nth)}%` }}>
            {shareOf(nth) >= roomyPercent ? pieces?.[nth] ?? '' : ''}
          </span>
        ))}
        {checkpoints.slice(0, last).map(({ time, share }, nth) => (
          <Slider
            key={`share ${nth}`}
            label={planWords.shareBy(clock(time))}
            said={planWords.percent(share)}
            value={share}
            range={shareRange(checkpoints, nth)}
            whole={100}
            step={shareStep}
            leap={shareLeap}
            shown={String(nth + 1)}
            change={(next) => change(weighed(checkpoints, nth, next))}
          />
        ))}
      </div>
      <ol class="typed">
        {checkpoints.map(({ time, share }, nth) => (
          <li key={nth}>
            <span class="nth" aria-hidden="true">{nth + 1}</span>
            <Typed label={planWords.timeOf(nth + 1)} value={clock(time)} change={(typed) => moveTo(nth, readTime(typed))} />
            <span class="percent">
              <Typed
                label={planWords.shareBy(clock(time))}
                value={String(share)}
                disabled={nth === last}
                change={(typed) => weighTo(nth, Number.parseInt(typed.normalize('NFKC'), 10))}
              />
              <span aria-hidden="true">%</span>
            </span>
            {pieces?.[nth] !== undefined && (
              <span class="quiet amount"><span class="spoken">{words.calls(pieces[nth]!)}</span><span aria-hidden="true">+{pieces[nth]}</span></span>
            )}
            {checkpoints.length > 1 && (
              <button type="button" class="secondary remove" aria-label={planWords.remove(clock(time))} onClick={() => change(removed(checkpoints, nth))}>×</button>
            )}
          </li>
        ))}
      </ol>
      <div class="row">
        {more && <button type="button" class="link" onClick={() => change(more)}>{planWords.add}</button>}
        {!isUsual && <button type="button" class="link" onClick={() => change(null)}>{planWords.usual}</button>}
      </div>
    </fieldset>
  );
}
