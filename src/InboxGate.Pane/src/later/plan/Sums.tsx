import type { Preview, PlanSum } from './preview';
import { words } from '../../words';
import { laterWords } from '../words';
import { monthOf } from './dates';
import { planWords } from './words';

/** Each target's arithmetic under the plan, so that the small goals are seen to add up. What no longer reaches says so. */
export function Sums({ sums }: Pick<Preview, 'sums'>) {
  if (sums.length === 0) return <p class="quiet">{planWords.nothingAsked}</p>;
  return (
    <>
      {sums.map((sum) => (
        <div key={`${sum.unit} ${sum.period}`} class={sum.ruling ? 'sum ruling' : 'sum'}>
          <h3>{planWords.sumOf(words.counts(sum.unit, sum.asked, 0), laterWords.mail.period(sum.period, monthOf(sum)))}</h3>
          <p>{sumWords(sum)}</p>
          {!sum.reaches && <p class="short"><span aria-hidden="true">!</span> {planWords.short(sum.total, sum.asked)}</p>}
        </div>
      ))}
    </>
  );
}

/** "6 + 9 + 5 = 20 a day × 21 = 420; asked 400", and longer where something is done already or a day is half. */
export function sumWords({ pieces, perDay, wholeDays, halfDays, done, total, asked }: PlanSum): string {
  const number = (amount: number) => amount.toLocaleString(words.locale);
  const day = pieces.length > 1 ? `${pieces.map(number).join(' + ')} = ${planWords.aDay(perDay)}` : planWords.aDay(perDay);
  if (done === 0 && halfDays === 0) return planWords.sum(`${day} × ${number(wholeDays)} = ${number(total)}`, asked);
  const parts = [
    ...(done > 0 ? [planWords.done(done)] : []),
    ...(wholeDays > 0 ? [`${number(perDay)} × ${number(wholeDays)}`] : []),
    ...(halfDays > 0 ? [`${number(Math.ceil(perDay / 2))} × ${planWords.halves(halfDays)}`] : []),
  ];
  return `${day}. ${planWords.sum(`${parts.join(' + ')} = ${number(total)}`, asked)}`;
}
