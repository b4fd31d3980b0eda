import { render } from 'preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { Board } from '../src/board';
import { Rewards } from '../src/later/Rewards';
import { Waiting } from '../src/later/Waiting';
import type { Actions } from '../src/pane';
import type { State } from '../src/store';
import { NextStep } from '../src/views/NextStep';
import { a } from './a';

const counts = (calls: number) => ({ calls, emails: 0, meetings: 0, verifiedCalls: 0 });
const [morning, lunch, leaving] = a.board().checkpoints as [Board['checkpoints'][0], Board['checkpoints'][0], Board['checkpoints'][0]];
const nineKept = { counts: counts(6), checkpoints: [{ ...morning, state: 'kept' }, { ...lunch, state: 'next' }, leaving] };
const earned = (id: string, change: Partial<Board['gates'][0]> = {}) => a.gate({ id, state: 'earned', callsRemaining: 0, ...change });

/** The part on screen, drawn again with each change of the store, as the pane does. */
function open(change: Partial<State> = {}, later = a.later(change)) {
  const { store, ends } = later;
  const root = document.body.appendChild(document.createElement('main'));
  const actions = { ends } as Partial<Actions> as Actions;
  const draw = () => render(<><NextStep state={store.state()} /><Rewards state={store.state()} actions={actions} /><Waiting state={store.state()} actions={actions} /></>, root);
  store.subscribe(draw);
  draw();
  let revision = 10;
  return {
    ...later,
    next: (board: Partial<Board>) => store.take(a.board({ revision: (revision += 1), ...board })),
    said: () => root.querySelector('.rewards')?.textContent.trim() ?? '',
    text: () => root.textContent,
    button: (name: string) => [...root.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === name),
  };
}

afterEach(() => document.body.replaceChildren());

describe('a checkpoint kept', () => {
  it('says so and looks ahead, once, until the next call', () => {
    const { next, said, store, text } = open();
    next(nineKept);
    expect(said()).toBe('Nine o’clock kept. Next: 15 by lunch.');
    expect(store.state().announcement).toBe('Nine o’clock kept. Next: 15 by lunch.');
    expect(text().match(/kept/g)).toHaveLength(1);
    next({ ...nineKept, counts: counts(7) });
    expect(said()).toBe('');
  });

  it('is not said again after an undo', () => {
    const { next, said } = open();
    next(nineKept);
    next({ counts: counts(5) });
    expect(said()).toBe('');
    next(nineKept);
    expect(said()).toBe('');
  });

  it('is said again on another day', () => {
    const { next, said } = open();
    next(nineKept);
    const today = { ...a.board().today, date: '2026-11-24' };
    next({ counts: counts(5), today });
    next({ ...nineKept, today });
    expect(said()).toContain('Nine o’clock kept.');
  });

  it('says nothing where the pane was opened after it', () => {
    expect(open({ board: a.board(nineKept) }).said()).toBe('');
  });
});

it('says that the day’s goal is met, and not also that its last checkpoint is', () => {
  const { next, said } = open({ board: a.board({ counts: counts(18) }) });
  next({ counts: counts(19), checkpoints: [{ ...leaving, state: 'kept' }] });
  expect(said()).toBe('The day’s goal is met. Everything now is extra.');
});

it('says nothing of a goal on a day without one', () => {
  const { next, said } = open({ board: a.board({ goals: { calls: 0, emails: 0, meetings: 0 } }) });
  next({ goals: { calls: 0, emails: 0, meetings: 0 }, counts: counts(5) });
  expect(said()).toBe('');
});

describe('an answer earned elsewhere', () => {
  const before = { board: a.board({ gates: [a.gate({ id: 'reachable' }), a.gate({ id: 'other' })] }) };

  it('is one tap away where Outlook can open its mail', () => {
    const { next, said, button, answered } = open(before);
    next({ counts: counts(5), gates: [earned('reachable'), a.gate({ id: 'other' })] });
    expect(said()).toContain('Earned: answer Ann Lindqvist');
    button('Answer')!.click();
    button('Answer Ann Lindqvist')!.click();
    expect(answered).toEqual(['reachable', 'reachable']);
  });

  it('is only said where it cannot', () => {
    const { next, said, button } = open(before);
    next({ counts: counts(5), gates: [earned('other')] });
    expect(said()).toBe('Earned: answer Ann Lindqvist');
    expect(button('Answer')).toBeUndefined();
  });

  it('is counted when there are several', () => {
    const { next, said } = open(before);
    next({ counts: counts(5), gates: [earned('reachable'), earned('other')] });
    expect(said()).toBe('2 answers earned');
  });

  it('is left to its own card where the mail is on screen', () => {
    const { next, said } = open({ ...before, onScreen: a.message(), verdict: a.verdict({ gate: a.gate({ id: 'reachable' }) }) });
    next({ counts: counts(5), gates: [earned('reachable'), a.gate({ id: 'other' })] });
    expect(said()).toBe('');
  });

  it('is nobody’s merit without a call', () => {
    const { next, said } = open(before);
    next({ gates: [earned('reachable')] });
    expect(said()).toBe('');
  });
});
