import { describe, expect, it, vi } from 'vitest';
import { bannerWords, createBanner } from '../src/banner';
import type { OnScreen } from '../src/host';
import { a } from './a';

const reply: OnScreen = { kind: 'reply', question: { inReplyTo: a.facts().internetMessageId, conversationId: null, recipients: null } };
const held = { onScreen: a.message(), board: a.board({ gates: [a.gate({ callsRemaining: 2 })] }) };

describe('the bar above the message', () => {
  it.each([
    ['what is owed', held, '2 calls before this answer'],
    ['that it is earned', { ...held, board: a.board({ gates: [a.gate({ state: 'earned', callsRemaining: 0 })] }) }, 'Earned: answer it'],
    ['nothing of what is answered', { ...held, board: a.board({ gates: [a.gate({ state: 'answered' })] }) }, null],
    ['nothing of what is waived', { ...held, board: a.board({ gates: [a.gate({ state: 'waived' })] }) }, null],
    ['nothing while the gate is off', { ...held, board: a.board({ gate: { on: false, why: 'paused' }, gates: [a.gate()] }) }, null],
    ['who is new', { onScreen: a.message(), verdict: a.verdict({ senderKind: 'unknown' }) }, 'New sender: prospect?'],
    ['nothing of a prospect', { onScreen: a.message(), verdict: a.verdict({ senderKind: 'prospect' }) }, null],
    ['what a reply still owes', { ...held, onScreen: reply }, '2 calls before this answer'],
    ['what it said, of a reply of which the board knows nothing', { onScreen: reply }, undefined],
    ['what it said, of new mail', { ...held, onScreen: { kind: 'newMail' } as OnScreen }, undefined],
    ['nothing of an invitation', { onScreen: { kind: 'invitation' } as OnScreen }, null],
    ['nothing of a shared mailbox', { onScreen: { kind: 'shared' } as OnScreen, board: held.board }, null],
    ['what it said, while the message is being checked', { onScreen: a.message() }, undefined],
    ['what it said, when the message cannot be checked', { onScreen: a.message(), verdictFailed: true }, undefined],
    ['what it said, of several messages', { onScreen: { kind: 'several' } as OnScreen }, undefined],
    ['what it said, of none', { onScreen: { kind: 'none' } as OnScreen }, undefined],
  ])('says %s', (_what, state, words) => {
    expect(bannerWords(a.state(state))).toBe(words);
  });

  function aFollower({ there = true } = {}) {
    let selected: string | null = 'one';
    const banner = vi.fn(async (_key: string, _words: string | null) => there);
    const lost = vi.fn();
    return { ...createBanner({ banner, itemKey: () => selected }, lost), banner, lost, select: (key: string | null) => void (selected = key) };
  }

  it('is written once for each thing it says', () => {
    const { about, follow, banner } = aFollower();
    about('one');
    expect(follow(a.state(held))).toBe('2 calls before this answer');
    expect(follow(a.state(held))).toBeNull();
    follow(a.state({ ...held, board: a.board({ gates: [a.gate({ callsRemaining: 1 })] }) }));
    expect(banner.mock.calls).toEqual([['one', '2 calls before this answer'], ['one', '1 call before this answer']]);
  });

  it('is written again on a message that is come back to: Outlook took it away', () => {
    const { about, follow, banner } = aFollower();
    for (const key of ['one', null, 'one']) {
      about(key);
      follow(a.state(held));
    }
    expect(banner).toHaveBeenCalledTimes(2);
  });

  it('says nothing while nobody knows which message is on screen', () => {
    const { about, follow, banner } = aFollower();
    about('one');
    about(null);
    expect(follow(a.state(held))).toBeNull();
    expect(banner).not.toHaveBeenCalled();
  });

  it('is not written on a message that Outlook forgot to tell of, which is then looked at', () => {
    const { about, follow, banner, lost, select } = aFollower();
    about('one');
    select('two');
    expect(follow(a.state(held))).toBeNull();
    expect(banner).not.toHaveBeenCalled();
    expect(lost).toHaveBeenCalledOnce();
  });

  it('has the message looked at when another one was selected while it was written', async () => {
    const { about, follow, lost } = aFollower({ there: false });
    about('one');
    follow(a.state(held));
    await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce());
  });
});
