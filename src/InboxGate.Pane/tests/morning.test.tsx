import { render } from 'preact';
import { afterEach, describe, expect, it } from 'vitest';
import { Sheets } from '../src/later';
import { laterActions } from '../src/later/actions';
import { PinHint } from '../src/later/PinHint';
import { Rehearsal } from '../src/later/Rehearsal';
import type { Actions } from '../src/pane';
import type { State } from '../src/store';
import { a, settle } from './a';

async function open(Part: typeof Rehearsal | typeof PinHint | typeof Sheets, change: Partial<State> = {}, later = a.later(change)) {
  const { store, ends } = later;
  const root = document.body.appendChild(document.createElement('main'));
  const actions = { ends, open: () => {} } as Partial<Actions> as Actions;
  const draw = () => render(<Part state={store.state()} actions={actions} />, root);
  store.subscribe(draw);
  draw();
  await settle();
  return { ...later, root, text: () => root.textContent, button: (name: string) => [...root.querySelectorAll('button')].find(({ textContent }) => textContent === name)! };
}

/** A rep who has put the first-run card away. */
function aRep(change: Partial<State> = {}) {
  const later = a.later(change);
  laterActions(later.ends).endFirstRun();
  return later;
}

afterEach(() => {
  render(null, document.body);
  document.body.replaceChildren();
});

describe('the rule of the morning', () => {
  it('is the rep’s own, with the number of the policy and the day’s pieces', async () => {
    const { text } = await open(Rehearsal, {}, aRep());
    expect(text()).toContain('If a mail is not from a prospect, I make three calls, then I answer it.');
    expect(text()).toContain('6 calls by 9:00');
    expect(text()).toContain('15 calls by lunch');
    expect(text()).toContain('19 calls before you leave');
  });

  it.each([[{ colleague: 1, customer: 1, other: 0 }, 'I make one call,'], [{ colleague: 2, customer: 12, other: 12 }, 'I make 12 calls,']])('says %o', async (callsRequired, rule) => {
    const later = aRep();
    later.server.policy = a.policy({ callsRequired: callsRequired as unknown as Record<string, number> });
    expect((await open(Rehearsal, {}, later)).text()).toContain(rule);
  });

  it('is gone with one tap, for the day and on every device', async () => {
    const later = aRep();
    const { button, text, roaming } = await open(Rehearsal, {}, later);
    button('Begin').click();
    expect(text()).toBe('');
    const elsewhere = aRep();
    roaming.forEach((value, key) => elsewhere.roaming.set(key, value));
    expect((await open(Rehearsal, {}, elsewhere)).text()).toBe('');
  });

  it('comes back on the next working day', async () => {
    const { button, text, store } = await open(Rehearsal, {}, aRep());
    button('Begin').click();
    store.take(a.board({ revision: 11, today: { ...a.board().today, date: '2026-11-24' } }));
    expect(text()).toContain('Your rule today');
  });

  it.each<[string, Partial<State>]>([
    ['on a day off', { board: a.board({ today: { ...a.board().today, working: false } }) }],
    ['while the gate is off', { board: a.board({ gate: { on: false, why: 'paused' } }) }],
    ['before the server has answered', { keptCopy: true }],
    ['while offline', { link: 'offline' }],
  ])('is not rehearsed %s', async (_, change) => {
    const { text, server } = await open(Rehearsal, change, aRep(change));
    expect(text()).toBe('');
    expect(server.asked).toEqual([]);
  });

  it('waits until the gate was tried out', async () => {
    expect((await open(Rehearsal)).text()).toBe('');
  });

  it('is not said where the policy asks for no calls', async () => {
    const later = aRep();
    later.server.policy = a.policy({ callsRequired: { colleague: 0, customer: 0, other: 0 } });
    expect((await open(Rehearsal, {}, later)).text()).toBe('');
  });

  it('can be switched off in the settings, and on again', async () => {
    const later = aRep({ later: { sheet: 'settings' } });
    const { root, roaming } = await open(Sheets, {}, later);
    const theSwitch = [...root.querySelectorAll('label')].find(({ textContent }) => textContent.includes('Rehearse the rule'))!.querySelector('input')!;
    expect(theSwitch.checked).toBe(true);
    theSwitch.click();
    expect(roaming.get('inboxgate.rehearsal')).toMatchObject({ on: false });
    expect((await open(Rehearsal, {}, later)).text()).toBe('');
    theSwitch.click();
    expect(roaming.get('inboxgate.rehearsal')).toMatchObject({ on: true });
  });
});

describe('the hint to pin the pane', () => {
  const shown: Partial<State> = { onScreen: a.message() };

  it('is told until it was read', async () => {
    const { text, button } = await open(PinHint, shown, aRep(shown));
    expect(text()).toContain('Pin this pane');
    button('Got it').click();
    expect(text()).toBe('');
  });

  it('is not told once Outlook has told of another message', async () => {
    const later = aRep(shown);
    later.ends.kept.set('pinned', true);
    expect((await open(PinHint, shown, later)).text()).toBe('');
  });

  it.each<[string, Partial<State>]>([['outside Outlook', { ...shown, outlook: false }], ['without a message', { onScreen: { kind: 'none' } }]])('is not told %s', async (_, change) => {
    expect((await open(PinHint, change, aRep(change))).text()).toBe('');
  });
});
