import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Gate } from '../src/board';
import type { Actions, LaterEnds } from '../src/pane';
import type { State } from '../src/store';
import type { OnScreen } from '../src/host';
import type { Question } from '../src/question';
import { PaneView } from '../src/views/PaneView';
import { a } from './a';

/** The ends of a pane whose rep has put the first-run card away. */
function anEnds(): LaterEnds {
  const kept = a.kept();
  kept.set('firstRun.sam@contoso.com', true);
  const { ends } = a.later();
  return { ...ends, kept };
}

function draw(change: Partial<State> = {}) {
  const actions = {
    callMade: vi.fn(), setOutcome: vi.fn(), undo: vi.fn(), countNow: vi.fn(), forget: vi.fn(), reply: vi.fn(), retry: vi.fn(),
    correct: vi.fn(async () => {}), undoCorrection: vi.fn(async () => {}), waive: vi.fn(async () => {}),
    takeBackWaiver: vi.fn(async () => {}), signIn: vi.fn(async () => {}), open: vi.fn(), ends: anEnds(),
  } satisfies Actions;
  const root = document.body.appendChild(document.createElement('main'));
  render(<PaneView state={a.state(change)} actions={actions} />, root);
  const button = (name: string) => {
    const found = [...root.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name);
    if (!found) throw new Error(`No button "${name}" in: ${root.textContent}`);
    return found;
  };
  return { root, actions, button, text: () => root.textContent.replace(/\s+/g, ' ') };
}

const onScreen = (gate: Partial<Gate> = {}): Partial<State> => ({
  board: a.board({ gates: [a.gate(gate)] }),
  onScreen: a.message(),
  verdict: a.verdict({ gate: a.gate(gate) }),
});

afterEach(() => document.body.replaceChildren());

describe('the day', () => {
  it('shows the count, the goal and the small goals', () => {
    const { root, text } = draw();
    expect(root.querySelector('.done')?.textContent).toBe('4');
    expect(text()).toContain('4 of 19 calls today');
    expect([...root.querySelectorAll('.checkpoints .spoken')].map(({ textContent }) => textContent)).toEqual([
      '9:00: 6 calls, next', 'Lunch: 15 calls, later', 'Leaving: 19 calls, later',
    ]);
  });

  it('adds clicks on their way to the count', () => {
    const { root, text } = draw({ outbox: { waiting: 1, ahead: 1, undecided: [] } });
    expect(root.querySelector('.done')?.textContent).toBe('5');
    expect(text()).toContain('1 call waiting to be sent');
  });

  it('marks a kept copy with its time', () => {
    expect(draw({ keptCopy: true, link: 'loading' }).text()).toContain('as of 8:55');
    expect(draw().text()).not.toContain('as of');
  });

  it('says when the goal is met', () => {
    expect(draw({ board: a.board({ counts: { calls: 19, emails: 0, meetings: 0, verifiedCalls: 0 } }) }).text()).toContain('Day’s goal met');
  });

  it('looks at the next small goal after one was kept', () => {
    const [morning, lunch, leaving] = a.board().checkpoints;
    const board = a.board({
      counts: { calls: 7, emails: 0, meetings: 0, verifiedCalls: 0 },
      checkpoints: [{ ...morning!, state: 'kept' }, { ...lunch!, state: 'next' }, leaving!],
    });
    expect(draw({ board }).text()).toContain('Nine o’clock kept. Next: 15 by lunch.');
  });
});

describe('the call button', () => {
  it('names the next small thing', () => {
    expect(draw().button('Call made (5 of 6)')).toBeTruthy();
  });

  it('names the gate on screen before it', () => {
    expect(draw(onScreen({ callsRemaining: 2 })).button('Call made (2 of 3)')).toBeTruthy();
  });

  it('moves on with clicks on their way', () => {
    expect(draw({ ...onScreen(), outbox: { waiting: 2, ahead: 2, undecided: [] } }).button('Call made (3 of 3)')).toBeTruthy();
  });

  it('only says "Call made" when nothing small is next', () => {
    const { button, actions } = draw({ board: a.board({ nextStep: { kind: 'done', unit: 'calls', amount: 0, by: null } }) });
    button('Call made').click();
    expect(actions.callMade).toHaveBeenCalledOnce();
  });

  it('takes a double-click, or a key held down, for one call', () => {
    const { button, actions } = draw();
    button('Call made (5 of 6)').dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true }));
    button('Call made (5 of 6)').dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }));
    expect(actions.callMade).toHaveBeenCalledOnce();

    const held = new KeyboardEvent('keydown', { key: 'Enter', repeat: true, cancelable: true, bubbles: true });
    button('Call made (5 of 6)').dispatchEvent(held);
    expect(held.defaultPrevented).toBe(true);
  });

  it('offers an undo only for a call made today', () => {
    expect(draw().text()).not.toContain('Undo');
    const { button, actions } = draw({ made: [a.made()] });
    button('Undo last call').click();
    expect(actions.undo).toHaveBeenCalledOnce();
  });
});

describe('the message on screen', () => {
  it('shows what a held answer takes, and why', () => {
    const { root, text } = draw(onScreen({ callsRemaining: 1 }));
    expect(root.querySelector('.message .headline')?.textContent).toBe('1 call before this answer');
    expect(text()).toContain('Ann Lindqvist is a colleague (contoso.com).');
    expect(root.querySelector('.message .dots')?.getAttribute('aria-label')).toBe('2 of 3 calls made');
    expect(root.querySelectorAll('.message .dots .made')).toHaveLength(2);
  });

  it('shows clicks on their way as dots of their own', () => {
    const { root } = draw({ ...onScreen({ callsRemaining: 2 }), outbox: { waiting: 5, ahead: 5, undecided: [] } });
    expect([...root.querySelectorAll('.message .dots i')].map(({ className }) => className)).toEqual(['made', 'ahead', 'ahead']);
  });

  it('opens the reply once it is earned', () => {
    const { root, button, actions } = draw(onScreen({ callsRemaining: 0, state: 'earned' }));
    expect(root.querySelector('.message .headline')?.textContent).toContain('Earned: answer it');
    button('Reply').click();
    expect(actions.reply).toHaveBeenCalledOnce();
  });

  it('follows a newer board than its verdict', () => {
    const { root } = draw({ ...onScreen({ callsRemaining: 0, state: 'earned' }), verdict: a.verdict({ gate: a.gate({ callsRemaining: 3 }) }) });
    expect(root.querySelector('.message .headline')?.textContent).toContain('Earned');
  });

  it('finds a gate that a board brought after the verdict had none', () => {
    const { root } = draw({ ...onScreen(), verdict: a.verdict({ gate: null }) });
    expect(root.querySelector('.message .headline')?.textContent).toBe('3 calls before this answer');
  });

  it('asks one tap for a new sender', () => {
    const { root, button, actions, text } = draw({
      onScreen: a.message({ from: { name: 'Priya', address: 'priya@northwind.example' } }),
      verdict: a.verdict({ senderKind: 'unknown', reason: 'unknownSender', because: null }),
    });
    expect(text()).toContain('New sender: prospect?');
    button('Prospect').click();
    expect(actions.correct).toHaveBeenCalledWith('priya@northwind.example', 'prospect');

    root.querySelector<HTMLInputElement>('input[value=domain]')!.checked = true;
    button('Not a prospect').click();
    expect(actions.correct).toHaveBeenLastCalledWith('northwind.example', 'other');
  });

  it('corrects the address that the server decided on, not the list in its place', () => {
    const { button, actions } = draw({
      onScreen: a.message({ from: { name: 'Maya via Exchange', address: 'exchange@lists.example' } }),
      verdict: a.verdict({ senderKind: 'unknown', reason: 'unknownSender', match: 'maya@roth.example', because: null }),
    });
    button('Prospect').click();
    expect(actions.correct).toHaveBeenCalledWith('maya@roth.example', 'prospect');
  });

  it('asks again for a sender whose gate was released', () => {
    const { text } = draw({ ...onScreen({ state: 'released', callsRemaining: 0 }), verdict: a.verdict({ senderKind: 'unknown', because: null }) });
    expect(text()).toContain('New sender: prospect?');
  });

  it('offers every kind but the one it has', () => {
    const { root } = draw(onScreen());
    expect([...root.querySelectorAll<HTMLButtonElement>('.correct .chip')].map(({ value }) => value)).toEqual(['prospect', 'customer', 'vip', 'other']);
  });

  it('takes a correction back', () => {
    const { button, actions, text } = draw({ ...onScreen(), correction: { entry: 'contoso.com', kind: 'vip', previous: null } });
    expect(text()).toContain('contoso.com is now: VIP.');
    button('Undo').click();
    expect(actions.undoCorrection).toHaveBeenCalledOnce();
  });

  it('is answered now for a reason, one tap or typed', () => {
    const { root, button, actions, text } = draw(onScreen());
    expect(text()).toContain('2 of 2 left');
    button('A customer is waiting').click();
    expect(actions.waive).toHaveBeenCalledWith('gate-1', 'A customer is waiting');

    root.querySelector<HTMLInputElement>('input[name=reason]')!.value = '  Fire drill ';
    button('Answer now').click();
    expect(actions.waive).toHaveBeenLastCalledWith('gate-1', 'Fire drill');
  });

  it('takes a waiver back', () => {
    const { button, actions } = draw(onScreen({ state: 'waived', from: null, subject: null }));
    button('Take it back').click();
    expect(actions.takeBackWaiver).toHaveBeenCalledWith('gate-1');
  });

  it('shows why a correction was not taken', () => {
    const { root } = draw({ ...onScreen(), refusal: 'gmail.com is a free-mail domain.' });
    expect(root.querySelector('.correct [role=alert]')?.textContent).toBe('gmail.com is a free-mail domain.');
  });

  it.each([
    ['prospect', 'A prospect: answer first.'],
    ['automated', 'A machine wrote this: no calls needed.'],
    ['vip', 'Answer it now: no calls needed.'],
    ['somethingNew', 'No calls needed.'],
  ])('lets a %s through', (senderKind, words) => {
    expect(draw({ onScreen: a.message(), verdict: a.verdict({ senderKind }) }).text()).toContain(words);
  });

  it.each([
    ['none', 'No message selected'],
    ['invitation', 'An invitation: no calls needed.'],
    ['unsupported', 'no calls needed'],
    ['shared', 'A shared mailbox: no calls needed.'],
  ] as const)('may be nothing to judge: %s', (kind, words) => {
    expect(draw({ onScreen: { kind } }).text()).toContain(words);
  });

  it('lets a message through that could not be checked', () => {
    expect(draw({ onScreen: a.message() }).text()).toContain('Looking at this message');
    expect(draw({ onScreen: a.message(), verdictFailed: true }).text()).toContain('could not be checked. Answer it when you like.');
  });
});

describe('what was asked', () => {
  const target = {
    unit: 'calls', period: 'month', amount: 400, from: '2026-11-01', done: 310, left: 90, workingDaysLeft: 6, dayGoal: 19, reachable: true,
  };

  it.each([
    ['with what is left', {}, '310 of 400 calls this month90 left, 6 working days'],
    ['with what can be reached', { done: 200, left: 200, dayGoal: 24, reachable: false }, '200 of 400 calls this month24 a day finishes at 344'],
    ['as done', { done: 405, left: 0, dayGoal: 0 }, '405 of 400 calls this monthAsked and done'],
  ])('is shown %s', (_name, change, words) => {
    expect(draw({ board: a.board({ targets: [{ ...target, ...change }] }) }).text()).toContain(words);
  });
});

describe('waiting mail', () => {
  it('is counted with its age, earned first', () => {
    const board = a.board({ gates: [a.gate({ id: '1' }), a.gate({ id: '2', state: 'earned', callsRemaining: 0 }), a.gate({ id: '3', state: 'answered', from: null, subject: null })] });
    const { root, text } = draw({ board });
    expect(text()).toContain('1 held, oldest 15 min');
    expect([...root.querySelectorAll('.waiting-list li')].map(({ textContent }) => textContent.includes('Earned'))).toEqual([true, false]);
  });

  it('may be none', () => expect(draw().text()).toContain('Nothing is waiting.'));

  it('is not spoken of while everything may be answered', () => {
    const { root } = draw({ board: a.board({ gate: { on: false, why: 'paused' }, gates: [a.gate()] }) });
    expect(root.querySelector('.waiting-list')).toBeNull();
  });
});

describe('without the usual', () => {
  it('shows a button that works while the first board is on its way', () => {
    const { root, button, actions } = draw({ board: null, link: 'loading' });
    expect(root.querySelector('.day')?.getAttribute('aria-busy')).toBe('true');
    button('Call made').click();
    expect(actions.callMade).toHaveBeenCalledOnce();
  });

  it('says that it is offline and that clicks are kept', () => {
    expect(draw({ link: 'offline' }).text()).toContain('Offline. Calls you log are kept and sent later');
  });

  it('says what it is before it asks to sign in', () => {
    const { button, actions, text } = draw({ board: null, link: 'signedOut' });
    expect(text()).toContain('InboxGate counts your prospecting calls');
    button('Sign in').click();
    expect(actions.signIn).toHaveBeenCalledOnce();
  });

  it('keeps the board on screen when the sign-in runs out', () => {
    const { root, button } = draw({ link: 'signedOut' });
    expect(root.querySelector('.done')?.textContent).toBe('4');
    expect(button('Sign in')).toBeTruthy();
  });

  it('offers another try after an error', () => {
    const { button, actions, text } = draw({ board: null, link: 'error', problem: 'The server answered 500.' });
    expect(text()).toContain('could not be loaded. Everything may be answered. The server answered 500.');
    button('Try again').click();
    expect(actions.retry).toHaveBeenCalledOnce();
  });

  it.each([
    ['offHours', 'Off hours: answer what you like.'],
    ['outOfOffice', 'Automatic replies are on'],
    ['mailboxUnreachable', 'your mailbox cannot be reached. Everything may be answered.'],
    ['notWatching', 'not watched yet. Everything may be answered.'],
    ['paused', 'The gate is paused.'],
  ])('says why the gate is off and owes nothing: %s', (why, words) => {
    const board = a.board({ gate: { on: false, why }, gates: [a.gate()] });
    const { root, text } = draw({ ...onScreen(), board });
    expect(text()).toContain(words);
    expect(root.querySelector('.message .headline')?.textContent).toBe('Answer it when you like.');
  });

  it('puts old calls before the rep', () => {
    const { button, actions, text } = draw({ outbox: { waiting: 0, ahead: 0, undecided: [{ id: 'old', clickedAt: 0, refused: null }] } });
    expect(text()).toContain('1 call could not be sent');
    button('Count it now').click();
    button('Forget it').click();
    expect([actions.countNow.mock.calls, actions.forget.mock.calls]).toEqual([[['old']], [['old']]]);
  });
});

it('gives every control a name and every field a label', () => {
  const { root } = draw({ ...onScreen(), made: [a.made()] });
  for (const control of root.querySelectorAll('button, summary')) expect(control.textContent.trim()).not.toBe('');
  for (const field of root.querySelectorAll('input')) expect(field.labels?.length || field.getAttribute('aria-label')).toBeTruthy();
});

describe('a reply being written', () => {
  const reply = (question: Partial<Question>): Partial<State> => ({
    onScreen: { kind: 'reply', question: { inReplyTo: null, conversationId: null, recipients: null, ...question } },
  });
  const held = a.gate({ conversationId: 'AAQ/k+1=', callsRemaining: 2 });

  it.each<[string, Partial<Question>]>([
    ['the mail it answers', { inReplyTo: '<slides@contoso.com>' }],
    ['the conversation, in either alphabet', { conversationId: 'AAQ-k_1=' }],
    ['the conversation and one of the recipients', { conversationId: 'AAQ/k+1=', recipients: ['bo@contoso.com', 'ANN@contoso.com'] }],
  ])('is known by %s', (_, question) => {
    const { text, root } = draw({ ...reply(question), board: a.board({ gates: [held] }) });
    expect(text()).toContain('2 calls before this answer');
    expect(text()).toContain('Call made (2 of 3)');
    expect(root.querySelector('.waiver')).not.toBeNull();
  });

  it.each<[string, Partial<Question>, Partial<Gate>]>([
    ['another mail', { inReplyTo: '<other@contoso.com>' }, {}],
    ['people who wrote none of it', { conversationId: 'AAQ/k+1=', recipients: ['bo@contoso.com'] }, {}],
    ['a mail that is answered', { inReplyTo: '<slides@contoso.com>' }, { state: 'answered' }],
  ])('needs no calls when it goes to %s', (_, question, change) => {
    expect(draw({ ...reply(question), board: a.board({ gates: [{ ...held, ...change }] }) }).text()).toContain('This reply needs no calls.');
  });

  it('may be sent once it is earned; it is open already', () => {
    const { text, root } = draw({ ...reply({ inReplyTo: '<slides@contoso.com>' }), board: a.board({ gates: [{ ...held, state: 'earned', callsRemaining: 0 }] }) });
    expect(text()).toContain('Earned: send it');
    expect([...root.querySelectorAll('button')].map(({ textContent }) => textContent)).not.toContain('Reply');
  });

  it('needs no calls while the gate is off', () => {
    expect(draw({ ...reply({ inReplyTo: '<slides@contoso.com>' }), board: a.board({ gates: [held], gate: { on: false, why: 'paused' } }) }).text()).toContain('This reply needs no calls.');
  });
});

it.each<[OnScreen['kind'], string]>([
  ['several', 'Several messages selected.'],
  ['newMail', 'A new mail: no calls needed.'],
  ['shared', 'A shared mailbox: no calls needed.'],
])('says what stands on screen: %s', (kind, said) => {
  const { text } = draw({ onScreen: { kind } as OnScreen });
  expect(text()).toContain(said);
  expect(text()).not.toContain('before this answer');
});

describe('calls made away from the pane', () => {
  it('are counted at once', () => {
    const { root, button, actions } = draw();
    const input = root.querySelector<HTMLInputElement>('.several input')!;
    input.value = '5';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    button('Count 3 calls').form!.requestSubmit();
    expect(actions.callMade).toHaveBeenCalledExactlyOnceWith(5);
  });

  it.each(['0', '-1', '21', '2.5', 'many'])('are not %s', (value) => {
    const { root, button, actions } = draw();
    const input = root.querySelector<HTMLInputElement>('.several input')!;
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    button('Count 3 calls').form!.requestSubmit();
    expect(actions.callMade).not.toHaveBeenCalled();
  });

  it('are asked how they went, the newest first, and the answer can be changed', () => {
    const made = [a.made({ id: 'first', at: null }), a.made({ id: 'second', outcome: 'voicemail' })];
    const { root, actions } = draw({ made });
    const selects = [...root.querySelectorAll<HTMLSelectElement>('.outcomes select')];
    expect(selects.map(({ value }) => value)).toEqual(['voicemail', '']);
    selects[0]!.value = 'meeting';
    selects[0]!.dispatchEvent(new Event('change', { bubbles: true }));
    expect(actions.setOutcome).toHaveBeenCalledExactlyOnceWith('second', 'meeting');
  });
});
