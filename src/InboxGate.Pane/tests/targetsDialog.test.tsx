import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import type { Asked, DayGoals, Statement } from '../src/team/targets/targets';
import { TargetsDialog } from '../src/team/targets/TargetsDialog';
import { speakTeam } from '../src/team/words';
import { settle } from './a';

beforeEach(() => speakTeam('en'));
afterEach(() => {
  render(null, document.body);
  document.body.replaceChildren();
  vi.useRealTimers();
});

const jon = { id: 'jon', name: 'Jon Adler' };
const asked = (change: Partial<Asked> = {}): Asked => ({
  id: 'first', unit: 'calls', period: 'month', amount: 400, from: '2026-11-01', setAt: '2026-11-01T08:12:00Z', setBy: jon, scope: 'rep', takenBack: null, ...change,
});
const goals = (total: number, each: number | null = total): DayGoals => ({ total, least: each, most: each });

/** A server that keeps what is asked, and refuses what it is told to. */
async function open(change: { rep?: string | null; history?: Asked[]; refuses?: Record<string, ApiError>; reps?: number; unreachable?: number | null; hidden?: boolean } = {}) {
  vi.useFakeTimers();
  const { rep = 'mira' } = change;
  const path = `/api/targets/${rep ?? 'team'}`;
  const calls: [string, string, unknown][] = [];
  const refuses = new Map(Object.entries(change.refuses ?? {}));
  let history = change.history ?? [asked()];
  let made = 0;
  const api = {
    async ask(method: string, address: string, body?: unknown): Promise<unknown> {
      calls.push([method, address, body]);
      const refusal = refuses.get(`${method} ${address}`);
      if (refusal) throw refusal;
      if (address.endsWith('/preview')) {
        const hidden = change.unreachable === null;
        const days = [['2026-11-23', 18, 22], ['2026-11-24', 19, 23], ['2026-11-28', 0, 0]] as const;
        return { reps: change.reps ?? 1, unreachable: change.unreachable ?? (hidden ? null : 0), days: hidden ? [] : days.map(([date, before, after]) => ({ date, before: goals(before, change.hidden ? null : before), after: goals(after, change.hidden ? null : after) })) };
      }
      if (method === 'PUT') history = [asked({ ...(body as Statement), id: `made ${(made += 1)}`, setAt: '2026-11-23T08:00:00Z', scope: rep === null ? 'team' : 'rep' }), ...history];
      if (method === 'DELETE') history = history.map((one) => (address === `${path}/${encodeURIComponent(one.id)}` ? { ...one, takenBack: { at: '2026-11-23T09:00:00Z', by: jon } } : one));
      return { inForce: history.filter(({ takenBack }) => !takenBack), history };
    },
    file: async () => new Blob(),
    call: async () => new Response(),
  };
  const root = document.body.appendChild(document.createElement('main'));
  let changes = 0;
  render(<TargetsDialog api={api} of={{ rep, name: 'Mira Sand', today: '2026-11-23' }} changed={() => (changes += 1)} closed={() => {}} />, root);
  await settle();
  const button = (name: string) => {
    const found = [...root.querySelectorAll('button')].find((one) => one.textContent === name || one.getAttribute('aria-label') === name);
    if (!found) throw new Error(`No button "${name}" in: ${root.textContent}`);
    return found;
  };
  return {
    root, calls, path, button, changes: () => changes, history: () => history,
    text: () => root.textContent!.replace(/\s+/g, ' '),
    async type(amount: string) {
      const input = root.querySelector<HTMLInputElement>('[inputmode=numeric]')!;
      input.value = amount;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await vi.advanceTimersByTimeAsync(400);
      await settle();
    },
    async click(name: string) {
      button(name).click();
      await settle();
    },
    async submit() {
      root.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
      await settle();
    },
  };
}

describe('what is asked', () => {
  it('stands with who said it, when, and what was taken back', async () => {
    const { text } = await open({ history: [asked({ scope: 'team' }), asked({ id: 'old', unit: 'meetings', period: 'week', amount: 1, takenBack: { at: '2026-11-02T09:30:00Z', by: { id: 'x', name: null } } })] });
    expect(text()).toContain('400 calls a month from Sun, Nov 1');
    expect(text()).toMatch(/Jon Adler, Nov 1, 2026, \d+:12\./);
    expect(text()).toMatch(/1 meeting a week from Sun, Nov 1 .*Taken back by Name unknown, Nov 2, 2026/);
  });

  it('of the team is taken back there, not with a single rep', async () => {
    expect((await open({ history: [asked({ scope: 'team' })] })).text()).not.toContain('Take back');
    expect((await open({ rep: null, history: [asked({ scope: 'team' })] })).text()).toContain('Take back');
  });

  it('is taken back, and asked again by undo', async () => {
    const { click, calls, path, text, changes } = await open();
    await click('Take back: 400 calls a month from Sun, Nov 1');
    expect(calls).toContainEqual(['DELETE', `${path}/first`, undefined]);
    expect(text()).toContain('Taken back: 400 calls a month. Finished days keep their goals.');
    await click('Undo');
    expect(calls).toContainEqual(['PUT', path, { unit: 'calls', period: 'month', amount: 400, from: '2026-11-01' }]);
    expect(changes()).toBe(2);
  });
});

describe('a new target', () => {
  it('is shown before it is asked, and saved as shown', async () => {
    const { type, submit, button, text, calls, path } = await open();
    expect(button('Ask for it').disabled).toBe(true);
    await type('450');
    expect(calls.at(-1)).toEqual(['POST', `${path}/preview`, { unit: 'calls', period: 'month', amount: 450, from: '2026-11-23' }]);
    expect(text()).toContain('From Mon, Nov 23 on: 18 becomes 22 calls.');
    expect(text()).toContain('Tue, Nov 2419 → 23now 19, then 23');
    await submit();
    expect(calls).toContainEqual(['PUT', path, { unit: 'calls', period: 'month', amount: 450, from: '2026-11-23' }]);
    expect(text()).toContain('Asked: 450 calls a month, from Mon, Nov 23.');
    expect(button('Ask for it').disabled).toBe(true);
  });

  it('is taken back by undo', async () => {
    const { type, submit, click, history } = await open();
    await type('450');
    await submit();
    await click('Undo');
    expect(history().map(({ amount, takenBack }) => [amount, takenBack !== null])).toEqual([[450, true], [400, false]]);
  });

  it('is saved only as it was shown', async () => {
    const { type, submit, root, calls } = await open();
    await type('450');
    const input = root.querySelector<HTMLInputElement>('[inputmode=numeric]')!;
    input.value = '4500';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    await submit();
    expect(calls.filter(([method]) => method === 'PUT')).toEqual([]);
  });

  it.each(['1.5', '-3', 'x', '4e2'])('of "%s" is refused at its field, and nothing is sent', async (typed) => {
    const { type, text, root, calls } = await open();
    await type(typed);
    expect(text()).toContain('A whole number from 1 to 100,000.');
    expect(root.querySelector('[inputmode=numeric]')!.getAttribute('aria-invalid')).toBe('true');
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['target-amount', 422, 'A whole number from 1 to 100,000.', '[inputmode=numeric]'],
    ['target-from', 422, 'A day within a year of today.', '[type=date]'],
    ['target-overlaps', 409, 'Another amount is already asked from that day.', '[type=date]'],
  ])('that the server refuses (%s) says why at its field', async (reason, status, said, field) => {
    const { type, text, root, button } = await open({ refuses: { 'POST /api/targets/mira/preview': new ApiError('refused', status, `https://inboxgate.example/problems/${reason}`, 'No.') } });
    await type('5');
    expect(text()).toContain(said);
    expect(root.querySelector(field)!.getAttribute('aria-invalid')).toBe('true');
    expect(button('Ask for it').disabled).toBe(true);
  });

  it('says what is out of reach', async () => {
    const one = await open({ unreachable: 1 });
    await one.type('9000');
    expect(one.text()).toContain('More than the days left can bring: worth a talk');
    const team = await open({ rep: null, reps: 5, unreachable: 2 });
    await team.type('9000');
    expect(team.text()).toContain('For 2 of 5 reps it is more than the days left can bring');
    expect(team.text()).toContain('Summed over 5 reps.');
    expect(team.text()).toContain('22 each');
  });

  it('tells nothing of each where single reps are hidden', async () => {
    const { type, text } = await open({ rep: null, reps: 5, hidden: true });
    await type('450');
    expect(text()).not.toMatch(/\d each/);
    const few = await open({ rep: null, reps: 3, unreachable: null });
    await few.type('450');
    expect(few.text()).toContain('A preview is shown from five reps on.');
  });

  it('keeps what was typed when there is no connection', async () => {
    const { type, submit, text, root } = await open({ refuses: { 'PUT /api/targets/mira': new ApiError('offline', 0, '', '') } });
    await type('450');
    await submit();
    expect(text()).toContain('The server cannot be reached. Nothing was changed.');
    expect(root.querySelector<HTMLInputElement>('[inputmode=numeric]')!.value).toBe('450');
  });
});

it('says that only the rep’s own manager asks', async () => {
  const { text } = await open({ refuses: { 'GET /api/targets/mira': new ApiError('refused', 403, 'https://inboxgate.example/problems/rep-not-in-team', 'No.') } });
  expect(text()).toContain('Only the rep’s own manager asks them for targets.');
});
