import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Board, Checkpoint } from '../src/board';
import { piecesOf, placeOf } from '../src/later/plan/day';
import { DayPicture } from '../src/later/plan/DayPicture';
import type { State } from '../src/store';
import { a, settle } from './a';

const [start, end] = ['2026-11-23T07:00:00Z', '2026-11-23T16:00:00Z'];
const [morning, lunch, leaving] = a.board().checkpoints as [Checkpoint, Checkpoint, Checkpoint];

describe('a place on the day’s line', () => {
  it.each([['07:00', 0], ['11:30', 0.5], ['16:00', 1], ['06:00', 0], ['18:00', 1]])('%s is at %d', (time, place) =>
    expect(placeOf(Date.parse(`2026-11-23T${time}:00Z`), start, end)).toBe(place));

  it('has no place for less than a day of no length', () => expect(placeOf(Date.parse(start), start, start)).toBe(0));
});

describe('the pieces of the day', () => {
  it('lie between the checkpoints, each as far as it is done', () => {
    const pieces = piecesOf([{ ...morning, state: 'kept' }, { ...lunch, state: 'next' }, leaving], 9, start, end);
    expect(pieces.map(({ from, to }) => [from, to])).toEqual([[0, 1 / 9], [1 / 9, 4 / 9], [4 / 9, 17 / 18]]);
    expect(pieces.map(({ filled }) => filled)).toEqual([1, 3 / 9, 0]);
  });

  it('count from what was done after one that passed', () => {
    const [, , last] = piecesOf([{ ...morning, state: 'kept' }, { ...lunch, state: 'missed' }, { ...leaving, state: 'next' }], 10, start, end);
    expect(last!.filled).toBeCloseTo(10 / 19);
  });

  it('are never more than full, and empty where nothing is due', () => {
    expect(piecesOf([{ ...morning, state: 'next' }], 30, start, end)[0]!.filled).toBe(1);
    expect(piecesOf([{ ...morning, due: 0, state: 'next' }], 0, start, end)[0]!.filled).toBe(0);
  });
});

function open(board: Partial<Board> = {}, more: Partial<State> = {}) {
  const root = document.body.appendChild(document.createElement('main'));
  const draw = (state: State) => render(<DayPicture state={state} />, root);
  const state = a.state({ board: a.board(board), boardAt: Date.now(), ...more });
  draw(state);
  return { root, state, draw, line: () => root.querySelector<HTMLElement>('.day-line'), now: () => root.querySelector<HTMLElement>('.track .now') };
}

describe('the day’s picture', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] }));
  afterEach(() => {
    render(null, document.body);
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  it('says its times, and has each checkpoint in words below it', () => {
    const { root, line } = open();
    expect(line()!.getAttribute('aria-label')).toBe('The day from 8:00 to 17:00. Now 8:55.');
    expect([...root.querySelectorAll('.checkpoints .spoken')].map(({ textContent }) => textContent)).toEqual([
      '9:00: 6 calls, next', 'Lunch: 15 calls, later', 'Leaving: 19 calls, later',
    ]);
  });

  it('moves on as time passes, without a click', async () => {
    const { line, now } = open();
    const before = Number.parseFloat(now()!.style.insetInlineStart);
    vi.advanceTimersByTime(60 * 60_000);
    await settle();
    expect(line()!.getAttribute('aria-label')).toContain('Now 9:55.');
    expect(Number.parseFloat(now()!.style.insetInlineStart)).toBeCloseTo(before + 100 / 9);
  });

  it('goes by the server’s clock', () => {
    const { line } = open({}, { boardAt: Date.now() - 5 * 60_000 });
    expect(line()!.getAttribute('aria-label')).toContain('Now 9:00.');
  });

  it.each([['before it begins', '2026-11-23T06:50:00Z'], ['once it is over', '2026-11-23T16:10:00Z']])('marks no now %s', (_when, asOf) => {
    const { line, now } = open({ asOf });
    expect(now()).toBeNull();
    expect(line()!.getAttribute('aria-label')).toBe('The day from 8:00 to 17:00.');
  });

  it('marks no now on a kept copy, whose age nobody knows', () => expect(open({}, { keptCopy: true, boardAt: 0 }).now()).toBeNull());

  it('tells kept, passed, next and coming pieces apart', () => {
    const { root } = open({ checkpoints: [{ ...morning, state: 'kept' }, { ...lunch, state: 'missed' }, { ...leaving, state: 'next' }] });
    expect([...root.querySelectorAll('.piece')].map(({ className }) => className)).toEqual(['piece kept', 'piece missed', 'piece next']);
  });

  it('counts clicks that are on their way', () => {
    const { root } = open({}, { outbox: { waiting: 2, ahead: 2, undecided: [] } });
    expect(root.querySelector<HTMLElement>('.piece.next i')!.style.inlineSize).toBe('100%');
  });

  it('has emails and meetings beside the calls', () => {
    const { root } = open({
      counts: { calls: 4, emails: 3, meetings: 1, verifiedCalls: 0 }, goals: { calls: 19, emails: 8, meetings: 2 },
      checkpoints: [morning, { ...morning, unit: 'emails', due: 3, state: 'kept' }],
    });
    expect(root.querySelectorAll('.day-line')).toHaveLength(2);
    expect(root.querySelector('section.unit')!.textContent).toContain('3 of 8 emails');
    expect(root.querySelector('.meetings')!.textContent).toContain('1 of 2 meetings');
    expect(root.querySelectorAll('.meetings .made')).toHaveLength(1);
  });

  it('has no line on a day off, and still says what was done', () => {
    const { today } = a.board();
    const { root, line } = open({
      today: { ...today, working: false, startsAt: null, endsAt: null }, goals: { calls: 0, emails: 0, meetings: 0 }, checkpoints: [],
      counts: { calls: 1, emails: 2, meetings: 0, verifiedCalls: 0 },
    });
    expect(line()).toBeNull();
    expect(root.textContent).toBe('2 emails');
  });
});
