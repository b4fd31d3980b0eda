import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import { laterActions } from '../src/later/actions';
import { Behind } from '../src/later/plan/Behind';
import type { Plan } from '../src/later/plan/plan';
import { readWayBack, type WayBack } from '../src/later/plan/wayBack';
import type { Actions } from '../src/pane';
import type { State } from '../src/store';
import { a, settle } from './a';

/** A rep whose plan the server keeps; the rule of the morning was rehearsed already. */
async function open(way: Partial<WayBack> | null = {}, more: Partial<State> = {}, plan: Partial<Plan> = {}, later = a.later(more)) {
  const { ends, server, store } = later;
  if (!more.board) store.patch({ board: a.board({ wayBack: way && a.wayBack(way), targets: [{ unit: 'calls', period: 'month', amount: 400, from: '2026-11-01', done: 310, left: 90, workingDaysLeft: 6, dayGoal: 19, reachable: true }] }) });
  laterActions(ends).endRehearsal('2026-11-23');
  let current = a.plan(plan);
  const put: unknown[] = [];
  server.answers.set('GET /api/plan', () => current);
  server.answers.set('PUT /api/plan', (body) => {
    put.push(body);
    const stated = body as Plan;
    return (current = { ...current, ...stated, countsFrom: stated.keepsPaceUntil ? '2026-11-24' : '2026-11-23' });
  });
  const root = document.body.appendChild(document.createElement('main'));
  const actions = { ends, open: vi.fn() } as Partial<Actions> as Actions;
  const draw = () => render(<Behind state={store.state()} actions={actions} />, root);
  store.subscribe(draw);
  draw();
  await settle();
  const button = (name: string) => [...root.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;
  const click = async (name: string) => {
    button(name).click();
    await settle();
  };
  return { ...later, put, root, button, click, text: () => root.textContent.replace(/\s+/g, ' ').trim() };
}

afterEach(() => {
  render(null, document.body);
  document.body.replaceChildren();
});

describe('the way back', () => {
  it('is one sentence and two choices', async () => {
    const { text, root } = await open();
    expect(text()).toContain('You are 14 behind November. Two more a day until the 30th closes it. Or keep 18 and finish at 392.');
    expect([...root.querySelectorAll('.choose button')].map(({ textContent }) => textContent)).toEqual(['Two more a day', 'Keep 18']);
  });

  it.each<[Partial<WayBack>, string]>([
    [{ unit: 'emails', period: 'week', until: '2026-11-29' }, 'You are 14 emails behind this week. Two more a day until the week’s end closes it.'],
    [{ period: 'quarter', until: '2026-12-31', morePerDay: 1 }, 'You are 14 behind this quarter. One more a day until Dec 31 closes it.'],
    [{ morePerDay: 12 }, '12 more a day until the 30th closes it.'],
    [{ behind: 3, morePerDay: 0 }, 'You are 3 behind November. Your usual 18 a day until the 30th close it.'],
    [{ morePerDay: null, atMost: 380, finishAt: 350 }, 'Full days until the 30th come to 380 at most. Or keep 18 and finish at 350.'],
  ])('words %j', async (way, words) => expect((await open(way)).text()).toContain(words));

  it.each([['there is none', null], ['now is no fresh start', { offered: false }]] as const)('is not spoken of where %s', async (_why, way) =>
    expect((await open(way)).root.childElementCount).toBe(0));

  it('is left out where it cannot be read, and the rest of the board stands', () => {
    expect(readWayBack({ unit: 'calls' })).toBeNull();
    expect(readWayBack(undefined)).toBeNull();
  });

  it('waits until the rule of the morning was rehearsed', async () => {
    const later = a.later();
    laterActions(later.ends).endFirstRun();
    const { root, store } = await open({}, {}, {}, later);
    expect(root.childElementCount).toBe(1);
    store.patch({ board: a.board({ revision: 11, wayBack: a.wayBack(), today: { ...a.board().today, date: '2026-11-24' } }) });
    expect(root.childElementCount).toBe(0);
  });

  it('keeps the pace with all else of the plan as it is, says from when, and takes it back', async () => {
    const { put, click, text, server } = await open({}, {}, { margin: 10, daysOff: ['2026-12-24'], checkpoints: [{ time: '10:00', share: 100 }] });
    const same = { checkpoints: [{ time: '10:00', share: 100 }], margin: 10, daysOff: ['2026-12-24'], halfDays: [] };
    await click('Keep 18');
    expect(put).toEqual([{ ...same, keepsPaceUntil: '2026-11-30' }]);
    expect(text()).toContain('18 a day until the 30th. Counts from tomorrow.');
    expect(server.refetched).toBe(1);
    await click('Undo');
    expect(put.at(-1)).toEqual({ ...same, keepsPaceUntil: null });
    expect(text()).toContain('You are 14 behind November.');
  });

  it('changes nothing for who makes up already', async () => {
    const { put, click, text } = await open();
    await click('Two more a day');
    expect(put).toEqual([]);
    expect(text()).toContain('Two more a day until the 30th.');
    await click('Got it');
    expect(text()).toBe('');
  });

  it('makes up again for who kept the pace', async () => {
    const { put, click } = await open({}, {}, { keepsPaceUntil: '2026-10-31' });
    await click('Two more a day');
    expect(put).toMatchObject([{ keepsPaceUntil: null }]);
  });

  it('can be put away until another day, on every device', async () => {
    const { click, root, store, roaming } = await open();
    await click('Not now');
    expect(root.childElementCount).toBe(0);
    expect(roaming.get('inboxgate.wayBack')).toBe('2026-11-23');
    store.patch({ board: a.board({ revision: 12, wayBack: a.wayBack(), today: { ...a.board().today, date: '2026-11-30' } }), later: {} });
    await settle();
    expect(root.textContent).toContain('You are 14 behind');
  });

  it('says when a choice was not taken, and offers both again', async () => {
    const { click, text, button, server } = await open();
    server.trouble = new ApiError('offline', 0, '', 'The server cannot be reached.');
    await click('Keep 18');
    expect(text()).toContain('Not saved. The server cannot be reached.');
    expect(button('Keep 18').disabled).toBe(false);
  });

  it('has a mail to the manager ready where it cannot be reached, without the margin', async () => {
    const { click, messages } = await open({ morePerDay: null, atMost: 380 });
    await click('Write to my manager');
    expect(messages).toEqual([{
      to: ['dana@contoso.com'], subject: 'My goals: November',
      htmlBody: '<p>Hello,</p><p>November: 310 of 400 calls done.</p><p>Full days until the 30th come to 380 at most.</p><p>Can we talk about it?</p>',
    }]);
    expect((await open()).button('Write to my manager')).toBeUndefined();
  });

  it('has a link for the mail program where Outlook opens no window', async () => {
    const later = a.later();
    later.ends.newMessage = async () => false;
    const { click, root } = await open({ morePerDay: null }, {}, {}, later);
    await click('Write to my manager');
    const href = root.querySelector('a')!.getAttribute('href')!;
    expect(href).toMatch(/^mailto:dana@contoso\.com\?subject=My%20goals%3A%20November&body=Hello%2C%0D%0A%0D%0A/);
  });
});
