import { render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import type { Board } from '../src/board';
import { CallNext, Lists } from '../src/later';
import { nextMonday, readNext, type NextCalls } from '../src/later/next/next';
import type { Actions } from '../src/pane';
import type { State } from '../src/store';
import { a, settle } from './a';

const pending: Partial<Board> = { gates: [a.gate({ callsRemaining: 3 })], nextStep: { kind: 'gate', unit: 'calls', amount: 3, by: null } };
const zoe = a.toCall({ entry: 'zoe@fabrikam.example', name: 'Zoe', reason: 'neverContacted', lastContact: null, dial: 'https://teams.microsoft.com/l/call/0/0?users=4:+36199' });
const kim = a.toCall({ entry: '+36199', name: null, company: null, phoneText: '+36 199', reason: 'followUpDue', days: 2 });

/** A rep under a gate, with what the server suggests; and each statement about calling. */
async function open(next: NextCalls = { calls: [a.toCall(), zoe, kim], whyNone: null }, change: Partial<State> = {}) {
  const later = a.later({ board: a.board(pending), ...change });
  const { ends, server, store } = later;
  const put: unknown[] = [];
  server.answers.set('GET /api/prospects/next', () => next);
  for (const { entry } of next.calls) {
    server.answers.set(`PUT /api/prospects/${encodeURIComponent(entry)}/calling`, (body) => {
      put.push(body);
      return { calls: next.calls.filter((call) => call.entry !== entry), whyNone: null };
    });
  }
  const logged: unknown[] = [];
  const actions = {
    ends,
    open: vi.fn(),
    callMade: (_amount: number, prospect?: string) => {
      logged.push(prospect);
      store.patch({ made: [...store.state().made, a.made({ id: `call ${logged.length}` })] });
    },
    setOutcome: (id: string, outcome: string) => void logged.push([id, outcome]),
  } as Partial<Actions> as Actions;
  const root = document.body.appendChild(document.createElement('main'));
  const draw = () => render(<><CallNext state={store.state()} actions={actions} /><Lists state={store.state()} actions={actions} /></>, root);
  const leave = store.subscribe(draw);
  draw();
  await settle();
  const found = (name: string) => [...root.querySelectorAll<HTMLElement>('a, button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === name);
  const click = async (name: string) => {
    const one = found(name);
    if (!one) throw new Error(`No "${name}" in: ${root.textContent}`);
    one.addEventListener('click', (event) => event.preventDefault());
    one.click();
    await settle();
  };
  const card = () => root.querySelector('.next-calls');
  return { ...later, root, put, logged, actions, leave, found, click, card, text: () => (card()?.textContent ?? '').replace(/\s+/g, ' ') };
}

afterEach(() => {
  render(null, document.body);
  document.body.replaceChildren();
});

describe('the next calls', () => {
  it('say whom to call, where, and why', async () => {
    const { text, root, found } = await open();
    expect(text()).toContain('Bea RuizFabrikam · +49 30 123456Not called for 12 days · it is 10:20 thereLast call: Nov 11, voicemailCall');
    expect(text()).toContain('ZoeFabrikam · +49 30 123456Not contacted yet · it is 10:20 thereCall');
    expect(text()).toContain('+36 199Follow-up due 2 days ago');
    expect([...root.querySelectorAll('.next-calls a')].map((one) => [one.getAttribute('href'), one.getAttribute('target')])).toEqual([
      ['tel:+4930123456', null], ['https://teams.microsoft.com/l/call/0/0?users=4:+36199', '_blank'], ['tel:+4930123456', null],
    ]);
    expect(found('Call Bea Ruiz (1 of 3)')?.getAttribute('href')).toBe('tel:+4930123456');
  });

  it('are not spoken of where no call comes next', async () => {
    const { card, server, root } = await open(undefined, { board: a.board({ nextStep: { kind: 'done', unit: null, amount: 0, by: null } }) });
    expect(card()).toBeNull();
    expect(root.querySelector('.call-next')).toBeNull();
    expect(server.asked).toEqual([]);
  });

  it('log nothing by dialling alone, then one tap logs the call with its outcome and goes on', async () => {
    const { click, logged, found, root } = await open();
    await click('Call Bea Ruiz (1 of 3)');
    expect(logged).toEqual([]);
    expect(root.querySelector('.how-it-went')?.textContent).toContain('How did it go with Bea Ruiz?');
    expect(document.activeElement?.textContent).toBe('No answer');

    await click('Voicemail');
    expect(logged).toEqual(['bea@fabrikam.example', ['call 1', 'voicemail']]);
    expect(root.querySelector('.next-calls')?.textContent).not.toContain('Bea');
    expect(found('Call Zoe (1 of 3)')).toBeTruthy();
  });

  it('log without an outcome, or not at all', async () => {
    const { click, logged } = await open();
    await click('Call Zoe');
    await click('Log it without saying');
    expect(logged).toEqual(['zoe@fabrikam.example']);
    await click('Call Bea Ruiz');
    await click('I did not call');
    expect(logged).toHaveLength(1);
  });

  it('are asked for anew with each board, and once', async () => {
    const { server, store } = await open();
    expect(server.asked).toEqual(['GET /api/prospects/next?take=6']);
    store.patch({ made: [] });
    await settle();
    expect(server.asked).toHaveLength(1);
    store.patch({ board: a.board({ ...pending, revision: 11, asOf: '2026-11-23T07:56:00Z' }) });
    await settle();
    expect(server.asked).toHaveLength(2);
  });

  it('keep whoever was called off the list while the call waits to be sent', async () => {
    const { click, store, text } = await open();
    store.patch({ outbox: { waiting: 1, ahead: 1, undecided: [] } });
    await click('Call Bea Ruiz');
    await click('Talked');
    store.patch({ board: a.board({ ...pending, revision: 11, asOf: '2026-11-23T07:56:00Z' }) });
    await settle();
    expect(text()).not.toContain('Bea');
    store.patch({ outbox: { waiting: 0, ahead: 0, undecided: [] }, board: a.board({ ...pending, revision: 12, asOf: '2026-11-23T07:57:00Z' }) });
    await settle();
    expect(text()).toContain('Bea');
  });

  it.each([
    ['Not today', { skippedToday: true }, 'Bea Ruiz: not today.', { skippedToday: false }],
    ['Tomorrow', { dueOn: '2026-11-24' }, 'Bea Ruiz: from Nov 24 on.', { dueOn: null }],
    ['Next week', { dueOn: '2026-11-30' }, 'Bea Ruiz: from Nov 30 on.', { dueOn: null }],
    ['Never', { never: true }, 'Bea Ruiz: not suggested any more.', { never: false }],
  ])('can be put off: %s', async (name, statement, said, back) => {
    const { click, put, text } = await open();
    await click(name);
    expect(put).toEqual([statement]);
    expect(text()).toContain(said);
    await click('Undo');
    expect(put).toEqual([statement, back]);
    expect(text()).not.toContain(said);
  });

  it('give a follow-up its day back', async () => {
    const { click, put } = await open({ calls: [kim], whyNone: null });
    await click('Tomorrow');
    await click('Undo');
    expect(put.at(-1)).toEqual({ dueOn: '2026-11-21' });
  });

  it.each([
    ['noProspects', 'No prospects on your lists yet.', true],
    ['noNumbers', 'None of your prospects has a number to call yet.', true],
    ['outsideHours', 'It is outside calling hours where your prospects are.', false],
    ['allCalledToday', 'Everyone who can be called now has been called or put off.', false],
  ])('say why there is nobody: %s', async (whyNone, said, leads) => {
    const { text, found, click, actions } = await open({ calls: [], whyNone });
    expect(text()).toContain(said);
    if (!leads) return expect(found('Open my prospects')).toBeUndefined();
    await click('Open my prospects');
    expect(actions.open).toHaveBeenCalledWith('prospects');
  });

  it('say what went wrong and try again', async () => {
    const { server, store, click, text } = await open();
    server.trouble = new ApiError('broken', 500, '', 'The server answered 500.');
    await click('Never');
    expect(text()).toContain('The server answered 500.');
    expect(store.state().later.calling?.putOff).toBeNull();
    server.trouble = null;
    await click('Try again');
    expect(text()).not.toContain('The server answered 500.');
    expect(text()).toContain('Bea');
  });

  it('wait for the connection', async () => {
    const { text, server } = await open(undefined, { link: 'offline' });
    expect(text()).toContain('Whom to call is shown once you are online.');
    expect(server.asked).toEqual([]);
  });
});

it('takes nothing but a link that dials', () => {
  for (const dial of ['javascript:alert(1)', 'https://evil.example/', 'tel:+49;ext=1', 'tel:110']) {
    expect(() => readNext({ calls: [a.toCall({ dial })], whyNone: null })).toThrow('no link that dials');
  }
});

it.each([['2026-11-23', '2026-11-30'], ['2026-11-28', '2026-11-30'], ['2026-11-29', '2026-11-30'], ['2026-12-31', '2027-01-04']])('the Monday after %s is %s', (date, monday) => {
  expect(nextMonday(date)).toBe(monday);
});
