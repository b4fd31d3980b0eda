import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import { laterActions } from '../src/later/actions';
import { added, lengthOf, minutesOf, moved, readTime, removed, shareRange, timeAt, timeRange, weighed } from '../src/later/plan/checkpoints';
import { dayAfterPress, daysOfMonth, monthAfter, standingOf } from '../src/later/plan/daysAway';
import type { Plan } from '../src/later/plan/plan';
import { PlanSheet } from '../src/later/plan/PlanSheet';
import type { Preview } from '../src/later/plan/preview';
import { sumWords } from '../src/later/plan/Sums';
import { speakPlan } from '../src/later/plan/words';
import { a, settle } from './a';

await speakPlan('en');

const day = { start: '08:00', end: '17:00' };
const night = { start: '22:00', end: '06:00' };
const usual = [{ time: '09:00', share: 30 }, { time: '12:00', share: 75 }, { time: '16:30', share: 100 }];

describe('a checkpoint', () => {
  it('has its place in a working day, over midnight too', () => {
    expect([minutesOf('09:00', day), lengthOf(day), timeAt(60, day)]).toEqual([60, 540, '09:00']);
    expect([minutesOf('01:30', night), lengthOf(night), timeAt(210, night)]).toEqual([210, 480, '01:30']);
    expect(lengthOf({ start: '08:00', end: '08:00' })).toBe(1440);
  });

  it.each([['9', '09:00'], ['930', '09:30'], ['0930', '09:30'], ['9:30', '09:30'], [' 9.30 ', '09:30'], ['17h05', '17:05'], ['９：３０', '09:30'], ['24:00', null], ['9:60', null], ['', null], ['noon', null]])(
    'is typed as %j', (typed, time) => expect(readTime(typed)).toBe(time));

  it('moves as far as its neighbours and the day let it', () => {
    expect(timeRange(usual, 1, day)).toEqual({ least: 65, most: 505 });
    expect(moved(usual, 1, 0, day)[1]!.time).toBe('09:05');
    expect(moved(usual, 0, 10_000, day)[0]!.time).toBe('11:55');
    expect(moved(usual, 2, 10_000, day)[2]!.time).toBe('17:00');
    expect(moved(usual, 0, -5, day)[0]!.time).toBe('08:05');
  });

  it('weighs no less than the one before and no more than the one after, the last all', () => {
    expect(shareRange(usual, 1)).toEqual({ least: 30, most: 100 });
    expect(weighed(usual, 0, 90)[0]!.share).toBe(75);
    expect(weighed(usual, 1, 0)[1]!.share).toBe(30);
    expect(weighed(usual, 1, 62.4)[1]!.share).toBe(62);
    expect(weighed(usual, 2, 50)[2]!.share).toBe(100);
  });

  it('is added where there is most room, and nowhere when there is none', () => {
    expect(added(usual, day)).toEqual([usual[0], usual[1], { time: '14:15', share: 88 }, usual[2]]);
    expect(added([{ time: '08:05', share: 100 }], day)).toBeNull();
    expect(added(Array.from({ length: 8 }, (_, at) => ({ time: `${at + 9}:00`, share: 100 })), day)).toBeNull();
  });

  it('leaves all to the new last one when the last goes', () => expect(removed(usual, 2)).toEqual([usual[0], { time: '12:00', share: 100 }]));
});

describe('days away', () => {
  it('go from worked to off to half to worked', () => {
    let away = { daysOff: ['2026-12-31'], halfDays: [] as string[] };
    const seen = [0, 1, 2].map(() => standingOf('2026-12-24', (away = dayAfterPress('2026-12-24', away))));
    expect(seen).toEqual(['off', 'half', 'worked']);
    expect(away).toEqual({ daysOff: ['2026-12-31'], halfDays: [] });
  });

  it.each([['2026-11-30', 1, '2026-12-30'], ['2027-01-31', 1, '2027-02-28'], ['2026-01-15', -1, '2025-12-15']])('%s and %d months is %s', (date, months, after) =>
    expect(monthAfter(date, months)).toBe(after));

  it('lie in weeks from Monday on', () => {
    const weeks = daysOfMonth('2026-11-23');
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(weeks.at(-1)!.slice(0, 2)).toEqual(['2026-11-30', null]);
    expect(daysOfMonth('2027-02-10')).toHaveLength(4);
  });
});

describe('the sum', () => {
  it.each([
    [{}, '6 + 9 + 5 = 20 a day × 21 = 420; asked 400'],
    [{ done: 310, wholeDays: 5, total: 410 }, '6 + 9 + 5 = 20 a day. 310 done + 20 × 5 = 410; asked 400'],
    [{ perDay: 15, pieces: [5, 7, 3], wholeDays: 20, halfDays: 1, total: 308 }, '5 + 7 + 3 = 15 a day. 15 × 20 + 8 × 1 half day = 308; asked 400'],
    [{ unit: 'meetings', pieces: [], perDay: 1, wholeDays: 21, total: 21, asked: 20 }, '1 a day × 21 = 21; asked 20'],
  ])('of %j', (change, words) => expect(sumWords(a.sum(change))).toBe(words));
});

/** A server that keeps the plan and says what one comes to. */
async function open(plan: Partial<Plan> = {}, previewOf: (stated: Plan) => Partial<Preview> = () => ({})) {
  const later = a.later({ later: { sheet: 'plan' } });
  const { server, ends, store } = later;
  let current = a.plan(plan);
  const put: Plan[] = [];
  const tried: Plan[] = [];
  server.answers.set('GET /api/plan', () => current);
  server.answers.set('PUT /api/plan', (body) => {
    put.push(body as Plan);
    return (current = { ...current, ...(body as Plan), countsFrom: '2026-11-24' });
  });
  server.answers.set('POST /api/plan/preview', (body) => {
    const stated = body as Plan;
    tried.push(stated);
    return a.preview({ ...(stated.checkpoints ? { checkpoints: stated.checkpoints.map((one, at) => ({ key: `own${at + 1}`, ...one })) } : {}), ...previewOf(stated) });
  });
  const root = document.body.appendChild(document.createElement('main'));
  const draw = () => render(<PlanSheet state={store.state()} actions={laterActions(ends)} open={vi.fn()} ends={ends} />, root);
  store.subscribe(draw);
  draw();
  await settle();
  const named = (name: string, selector = 'button') => [...root.querySelectorAll<HTMLButtonElement>(selector)].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === name)!;
  const press = async (name: string, key: string) => {
    named(name, '[role=slider], td').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await settle();
  };
  const click = async (name: string, selector?: string) => {
    named(name, selector).click();
    await settle();
  };
  const rest = async () => {
    await vi.advanceTimersByTimeAsync(300);
    await settle();
  };
  return { ...later, root, draw, put, tried, named, press, click, rest, text: () => root.textContent.replace(/\s+/g, ' ').trim() };
}

describe('my plan', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => {
    render(null, document.body);
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  it('shows the sum and the usual checkpoints of the day', async () => {
    const { text, named, root } = await open();
    expect(text()).toContain('November: 400 calls6 + 9 + 5 = 20 a day × 21 = 420; asked 400');
    const slider = named('Time of checkpoint 1', '[role=slider]');
    expect(['aria-valuetext', 'aria-valuemin', 'aria-valuemax', 'aria-valuenow'].map((name) => slider.getAttribute(name))).toEqual(['9:00', '5', '235', '60']);
    expect([...root.querySelectorAll('.share')].map(({ textContent }) => textContent)).toEqual(['6', '9', '5']);
    expect(named('Save').disabled).toBe(true);
  });

  it('moves a checkpoint by arrow keys, asks once they rest, and saves it', async () => {
    const { press, rest, tried, put, click, text, named, server } = await open({ margin: 10, daysOff: ['2026-12-24'] });
    await press('Time of checkpoint 1', 'ArrowRight');
    await press('Time of checkpoint 1', 'PageUp');
    expect(named('Time of checkpoint 1', '[role=slider]').getAttribute('aria-valuetext')).toBe('9:35');
    expect(tried).toHaveLength(1);
    await rest();
    expect(tried).toHaveLength(2);
    await click('Save');
    expect(put).toEqual([{ checkpoints: [{ time: '09:35', share: 30 }, usual[1], usual[2]], margin: 10, daysOff: ['2026-12-24'], halfDays: [], keepsPaceUntil: null }]);
    expect(text()).toContain('Saved. Counts from tomorrow.');
    expect(server.refetched).toBe(1);
  });

  it('takes back what was changed, and then what was saved', async () => {
    const { press, click, put, named, rest } = await open();
    await press('Share by 9:00', 'ArrowUp');
    await click('Undo');
    expect(named('Share by 9:00', '[role=slider]').getAttribute('aria-valuenow')).toBe('30');
    await press('Share by 9:00', 'ArrowUp');
    await rest();
    await click('Save');
    await click('Undo');
    expect(put.map(({ checkpoints }) => checkpoints?.[0]!.share ?? 'usual')).toEqual([35, 'usual']);
    expect(named('Undo').disabled).toBe(true);
  });

  it('has what was not saved again after it was closed', async () => {
    const { press, click, named, rest, root, draw, put, store } = await open();
    await press('Time of checkpoint 1', 'PageUp');
    render(null, root);
    await settle();
    draw();
    await settle();
    await rest();
    expect(named('Time of checkpoint 1', '[role=slider]').getAttribute('aria-valuetext')).toBe('9:30');
    await click('Save');
    expect(put[0]!.checkpoints![0]).toEqual({ time: '09:30', share: 30 });
    render(null, root);
    await settle();
    expect(store.state().later.planDraft).toBeNull();
  });

  it('warns before saving when what was asked is no longer reached', async () => {
    const { rest, text, root, put } = await open({}, ({ margin }) => (margin < 5 ? { sums: [a.sum({ total: 380, reaches: false })] } : {}));
    const range = root.querySelector<HTMLInputElement>('input[type=range]')!;
    expect(range.getAttribute('aria-valuetext')).toBe('5%');
    range.value = '0';
    range.dispatchEvent(new Event('input', { bubbles: true }));
    await rest();
    expect(root.querySelector('.decide .short')!.textContent).toContain('This comes to 380, not the 400 asked.');
    expect(text()).not.toContain('Saved');
    expect(put).toEqual([]);
  });

  it('says what becomes of today, and that what is easier counts from tomorrow', async () => {
    const { click, rest, text } = await open({}, ({ checkpoints }) => (checkpoints ? {
      countsFrom: '2026-11-24', today: { before: { calls: 20, emails: 0, meetings: 0 }, after: { calls: 18, emails: 0, meetings: 0 } },
    } : {}));
    await click('Remove 9:00');
    await rest();
    expect(text()).toContain('Today: 18 calls instead of 20.');
    expect(text()).toContain('It asks for less, so it counts from tomorrow.');
  });

  it('adds a checkpoint, takes one away, and goes back to the usual ones', async () => {
    const { click, root, named } = await open();
    await click('Add a checkpoint');
    expect(root.querySelectorAll('.typed li')).toHaveLength(4);
    await click('Remove 16:30');
    expect(named('Share by 14:15', 'input').value).toBe('100');
    await click('Use the usual ones');
    expect(root.querySelectorAll('.typed li')).toHaveLength(3);
    expect(named('Use the usual ones')).toBeUndefined();
  });

  it('takes a typed time when one leaves the field, within what is possible', async () => {
    const { named, rest, tried } = await open();
    const field = named('Time of checkpoint 1', 'input') as unknown as HTMLInputElement;
    field.value = '13:00';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await rest();
    expect(tried).toHaveLength(1);
    field.dispatchEvent(new Event('blur'));
    await rest();
    expect(field.value).toBe('11:55');
    expect(tried.at(-1)!.checkpoints![0]!.time).toBe('11:55');
  });

  it('moves a checkpoint by dragging', async () => {
    const { named, rest, tried } = await open();
    const handle = named('Time of checkpoint 2', '[role=slider]') as unknown as HTMLElement;
    let held = false;
    Object.assign(handle, { setPointerCapture: () => (held = true), hasPointerCapture: () => held });
    handle.parentElement!.getBoundingClientRect = () => ({ left: 0, right: 564, width: 564 }) as DOMRect;
    const point = (type: string, clientX: number) => handle.dispatchEvent(Object.assign(new Event(type, { bubbles: true, cancelable: true }), { clientX, pointerId: 1 }));
    point('pointermove', 300);
    point('pointerdown', 240);
    point('pointermove', 315);
    await rest();
    expect(tried.at(-1)!.checkpoints![1]!.time).toBe('13:05');
  });

  it('only the newest answer counts, whenever it comes', async () => {
    const { press, rest, ends, text } = await open();
    const waiting: ((preview: Preview) => void)[] = [];
    ends.api.ask = () => new Promise((resolve) => void waiting.push(resolve as (preview: Preview) => void));
    await press('Share by 9:00', 'ArrowUp');
    await rest();
    await press('Share by 9:00', 'ArrowUp');
    await rest();
    waiting[1]!(a.preview({ sums: [a.sum({ total: 500 })] }));
    waiting[0]!(a.preview({ sums: [a.sum({ total: 111 })] }));
    await settle();
    expect(text()).toContain('= 500');
    expect(text()).not.toContain('= 111');
  });

  it('marks days off and half days by keyboard, never past ones', async () => {
    const { press, rest, tried, text, click } = await open();
    await press('Monday, November 23: not marked', 'ArrowRight');
    await press('Tuesday, November 24: not marked', 'Enter');
    await press('Tuesday, November 24: day off', 'PageDown');
    await press('Thursday, December 24: not marked', ' ');
    await press('Thursday, December 24: day off', ' ');
    await rest();
    expect(tried.at(-1)).toMatchObject({ daysOff: ['2026-11-24'], halfDays: ['2026-12-24'] });
    expect(text()).toContain('Tue, Nov 24: day off · Thu, Dec 24: half day');
    await click('Month before');
    await click('Sunday, November 22: not marked', 'td');
    await rest();
    expect(tried.at(-1)!.daysOff).toEqual(['2026-11-24']);
  });

  it('says what the server refuses and keeps what was drawn', async () => {
    const { press, rest, server, text, named } = await open();
    server.answers.set('POST /api/plan/preview', () => { throw new ApiError('refused', 422, '', 'That plan does not hold.'); });
    await press('Share by 9:00', 'ArrowUp');
    await rest();
    expect(text()).toContain('This could not be taken. That plan does not hold.');
    expect(named('Share by 9:00', '[role=slider]').getAttribute('aria-valuenow')).toBe('35');
  });

  it('says when it was not saved, and saves it once the server is back', async () => {
    const { press, rest, server, text, click, put } = await open();
    await press('Share by 9:00', 'ArrowUp');
    await rest();
    server.trouble = new ApiError('offline', 0, '', 'The server cannot be reached.');
    await click('Save');
    expect(text()).toContain('This could not be taken. The server cannot be reached.');
    server.trouble = null;
    await click('Save');
    expect(put).toHaveLength(1);
  });

  it('says when it could not be read, and tries again', async () => {
    const later = await open();
    later.server.trouble = new ApiError('offline', 0, '', 'The server cannot be reached.');
    render(null, later.root);
    render(<PlanSheet state={later.store.state()} actions={laterActions(later.ends)} open={vi.fn()} ends={later.ends} />, later.root);
    await settle();
    expect(later.text()).toContain('Your plan could not be read. The server cannot be reached.');
    later.server.trouble = null;
    await later.click('Try again');
    expect(later.text()).toContain('6 + 9 + 5');
  });

  it('ends keeping the pace', async () => {
    const { click, rest, tried, text } = await open({ keepsPaceUntil: '2026-11-30' });
    expect(text()).toContain('You keep the pace until Nov 30: nothing is made up.');
    await click('Make up for it again');
    await rest();
    expect(tried.at(-1)!.keepsPaceUntil).toBeNull();
  });

  it('has a mail to the manager ready, without the margin', async () => {
    const { click, messages } = await open({ margin: 17 });
    await click('Discuss my plan with my manager');
    expect(messages[0]).toMatchObject({ to: ['dana@contoso.com'], subject: 'My plan' });
    expect(messages[0]!.htmlBody).toContain('<p>Checkpoints: 09:00 30%, 12:00 75%, 16:30 100%</p>');
    expect(messages[0]!.htmlBody).not.toContain('17');
  });
});
