import { render, type FunctionComponent } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import type { Board, Mailbox } from '../src/board';
import { GateOff, Sheets } from '../src/later';
import { DayNotes } from '../src/later/DayNotes';
import { MailNotes } from '../src/later/MailNotes';
import type { LaterState } from '../src/later/state';
import { laterWords } from '../src/later/words';
import type { Actions } from '../src/pane';
import type { State } from '../src/store';
import { a, settle } from './a';

const Standing = (props: { state: State; actions: Actions }) => <><GateOff {...props} /><MailNotes {...props} /></>;
type Part = FunctionComponent<{ state: State; actions: Actions }>;

/** A part on screen, drawn again with each change of the store, as the pane does. */
function open(Part: Part, change: Partial<State> = {}, prepare: (later: ReturnType<typeof a.later>) => void = () => {}) {
  const later = a.later(change);
  prepare(later);
  const { store, ends } = later;
  const actions = {
    signIn: vi.fn(async () => {}),
    open: (sheet: LaterState['sheet']) => store.patch({ later: { ...store.state().later, sheet: sheet ?? null } }),
    ends,
  } as Partial<Actions> as Actions;
  const root = document.body.appendChild(document.createElement('main'));
  const draw = () => render(<Part state={store.state()} actions={actions} />, root);
  store.subscribe(draw);
  draw();
  const named = (name: string, selector = 'button') => {
    const found = [...root.querySelectorAll<HTMLElement>(selector)].find(({ textContent }) => textContent.trim() === name);
    if (!found) throw new Error(`No ${selector} "${name}" in: ${root.textContent}`);
    return found;
  };
  return { ...later, root, actions, button: (name: string) => named(name) as HTMLButtonElement, text: () => root.textContent.replace(/\s+/g, ' ').trim() };
}

const boardWith = (mailbox: Partial<Mailbox>, change: Partial<Board> = {}) => ({ board: a.board({ mailbox: a.mailbox(mailbox), ...change }) });
const gateOff = (problem: string, more: Partial<Mailbox> = {}) =>
  boardWith({ problem, ...more }, { gate: { on: false, why: 'mailboxUnreachable' } });

async function sheet(name: 'settings' | 'dryRun', prepare?: Parameters<typeof open>[2], change: Partial<State> = {}) {
  const opened = open(Sheets, { ...change, later: { sheet: name } }, prepare);
  await settle();
  return opened;
}

afterEach(() => {
  render(null, document.body);
  document.body.replaceChildren();
});

it('offers to sign out where no mailbox says whose account it is', async () => {
  expect((await sheet('settings', undefined, { outlook: true })).text()).not.toContain('Sign out');
  const { button, store } = await sheet('settings', undefined, { outlook: false });
  button('Sign out').click();
  await settle();
  expect(store.state().link).toBe('signedOut');
});

describe('the gate being off because of the mailbox', () => {
  it.each([
    ['consentMissing', 'your organization has not yet allowed InboxGate to see your mailbox. Your administrator can.'],
    ['accessDenied', 'InboxGate may not see your mailbox. Your administrator can allow it.'],
    ['mailboxNotFound', 'Microsoft finds no mailbox for you.'],
    ['secretExpired', 'InboxGate’s own sign-in has run out. Your administrator can renew it.'],
    ['tokenRefused', 'InboxGate cannot sign in to Microsoft.'],
    ['signInNeeded', 'Microsoft asks you to sign in again.'],
    ['signInRefused', 'Microsoft refuses InboxGate’s sign-in.'],
    ['graphUnavailable', 'Microsoft does not answer at the moment. It comes back by itself.'],
    ['watchFailed', 'InboxGate has a problem of its own. It tries again by itself.'],
  ])('says why and what happens next: %s', (problem, words) => {
    const { root, text } = open(Standing, gateOff(problem));
    expect(text()).toContain(`Gate is off: ${words}`);
    expect(text()).toContain('Everything may be answered until then.');
    expect(root.querySelector('[role=status]')).toBeTruthy();
  });

  it('has words for a problem of a newer server', () => {
    expect(open(Standing, gateOff('somethingNew')).text()).toBe('The gate is off: your mailbox cannot be reached. Everything may be answered.');
  });

  it('offers a new sign-in with the claims that were asked for, and only where one helps', () => {
    const { button, actions } = open(Standing, gateOff('signInNeeded', { claims: '{"access_token":{}}' }));
    button('Sign in again').click();
    expect(actions.signIn).toHaveBeenCalledExactlyOnceWith('{"access_token":{}}');
    expect(open(Standing, gateOff('accessDenied')).text()).not.toContain('Sign in again');
  });

  it('is not named where the rep’s own word holds', () => {
    const { text } = open(Standing, boardWith({ problem: 'accessDenied' }, { gate: { on: false, why: 'paused' } }));
    expect(text()).toContain('The gate is paused.');
    expect(text()).not.toContain('may not see');
  });

  it('never is so while Microsoft only asks for a pause', () => {
    const { text, root } = open(Standing, boardWith({ problem: 'throttled' }));
    expect(text()).toBe('Microsoft asks for a pause: new mail is seen a little later.');
    expect(root.querySelector('.strip')).toBeNull();
  });
});

it('leads from a paused gate to its settings', () => {
  const { button, store } = open(Standing, boardWith({}, { gate: { on: false, why: 'paused' } }));
  button('Change').click();
  expect(store.state().later.sheet).toBe('settings');
});

describe('catching up', () => {
  it('shows how far it is', () => {
    const { root } = open(Standing, boardWith({ catchUp: { read: 3200, of: 6000 } }));
    const bar = root.querySelector('progress')!;
    expect(root.querySelector('.catch-up p')?.textContent).toBe('Catching up: 3,200 of 6,000 mails');
    expect([bar.getAttribute('aria-label'), bar.max, bar.value]).toEqual(['Catching up: 3,200 of 6,000 mails', 6000, 3200]);
  });

  it('has no end while the number is not known', () => {
    const { root } = open(Standing, boardWith({ catchUp: { read: 1, of: null } }));
    expect(root.querySelector('progress')!.hasAttribute('value')).toBe(false);
    expect(root.querySelector('.catch-up p')?.textContent).toBe('Catching up: 1 mail so far');
  });

  it('goes away by itself', () => {
    const { root, store } = open(Standing, boardWith({ catchUp: { read: 1, of: 2 } }));
    store.patch({ board: a.board({ revision: 11 }) });
    expect(root.querySelector('progress')).toBeNull();
  });
});

describe('the day', () => {
  it.each([
    [['workingHours'], 'Working hours unknown: 8:00 to 17:00, Europe/Berlin. Your settings in Outlook or your administrator can mend that.'],
    [['timeZone'], 'Time zone unknown: Europe/Berlin. Your settings'],
    [['timeZone', 'workingHours', 'manager'], 'Working hours and time zone unknown: 8:00 to 17:00, Europe/Berlin.'],
  ])('says what it assumes: %s', (assumed, words) => {
    expect(open(DayNotes, boardWith({ assumed })).text()).toContain(words);
  });

  it('says no hours where none are worked', () => {
    const { today } = a.board();
    const { text } = open(DayNotes, boardWith({ assumed: ['workingHours'] }, { today: { ...today, working: false, startsAt: null, endsAt: null } }));
    expect(text()).toContain('Working hours unknown: Europe/Berlin.');
  });

  it('says nothing of what has no hours in it, or when all is known', () => {
    expect(open(DayNotes, boardWith({ assumed: ['manager', 'domains'] })).text()).toBe('');
    expect(open(DayNotes).text()).toBe('');
  });

  it('says that counts may lag where the mailbox is read only now and then', () => {
    expect(open(DayNotes, boardWith({ access: 'delegated' })).text()).toBe('Sent mail is counted when this pane is opened: counts may lag.');
  });
});

describe('the first-run card', () => {
  it('is offered once', () => {
    const { button, text, ends, store } = open(Standing);
    expect(text()).toContain('Try the gate on your last 14 days');
    button('Not now').click();
    expect(text()).toBe('');
    store.patch({ later: {} });
    expect(text()).toBe('');
    expect(ends.kept.get('firstRun.sam@contoso.com')).toBe(true);
  });

  it('is offered to each rep of a browser', () => {
    const { text } = open(Standing, {}, ({ ends }) => ends.kept.set('firstRun.dana@contoso.com', true));
    expect(text()).toContain('See the last 14 days');
  });

  it('opens the dry run', () => {
    const { button, store } = open(Standing);
    button('See the last 14 days').click();
    expect(store.state().later.sheet).toBe('dryRun');
  });

  it.each<[string, Partial<State>]>([
    ['the mailbox cannot be read', gateOff('accessDenied')],
    ['the server cannot be reached', { link: 'offline' }],
    ['the board is a kept copy', { keptCopy: true }],
  ])('waits while %s', (_name, change) => {
    expect(open(Standing, change).text()).not.toContain('See the last 14 days');
  });
});

describe('the dry run', () => {
  const rows = (root: Element, table = 'table') =>
    [...root.querySelectorAll(`${table} tbody tr:first-child`)].map((row) => [...row.children].map(({ textContent }) => textContent));

  it('says that it reads, then how much the gate would have held', async () => {
    const opened = open(Sheets, { later: { sheet: 'dryRun' } });
    expect(opened.text()).toContain('Reading who wrote and when.');
    await settle();
    expect(opened.root.querySelector('.count')?.textContent).toBe('6 of 12 mails would be held');
    expect(opened.text()).toContain('Since Nov 9. 2 more mails in a conversation that already waited. 4 mails to answer at once.');
    expect(opened.text()).toContain('3 calls free everything that waits');
    expect(opened.text()).not.toContain('Reading');
  });

  it('is a picture by sender with a table in it, each with its reason', async () => {
    const { root, text } = await sheet('dryRun');
    expect(rows(root, 'dialog > table')).toEqual([['Ann Lindqvistann@contoso.com', '6', '9']]);
    expect([...root.querySelectorAll('dialog > table thead th')].map(({ textContent }) => textContent)).toEqual(['Sender', 'Held', 'Mails']);
    expect(root.querySelector('table caption')?.textContent).toBe('Held mail by sender');
    expect(root.querySelector<HTMLElement>('.bar i')?.style.inlineSize).toBe('100%');
    expect(text()).toContain('Ann Lindqvist is a colleague (contoso.com).');
    expect(text()).toContain('Colleague: 3 calls first');
  });

  it('draws bars against the longest', async () => {
    const bo = a.dryRunSender({ from: { name: 'Bo', address: 'bo@contoso.com' }, held: 3 });
    const { root } = await sheet('dryRun', ({ server }) => (server.dryRun = () => a.dryRun({ senders: [a.dryRunSender(), bo] })));
    expect([...root.querySelectorAll<HTMLElement>('.bar i')].map(({ style }) => style.inlineSize)).toEqual(['100%', '50%']);
  });

  it('asks who new senders are, apart from what is held', async () => {
    const { root, button, server } = await sheet('dryRun');
    expect(root.querySelector('.passed summary')?.textContent).toBe('1 sender to answer at once');
    const chips = [...root.querySelectorAll<HTMLButtonElement>('.passed .chip')];
    expect(chips.map(({ textContent }) => textContent)).toEqual(['Prospect', 'Customer', 'Colleague', 'VIP', 'Not a prospect']);
    chips[4]!.click();
    await settle();
    expect(server.listed.get('priya@northwind.example')).toBe('other');
    expect(button('Undo')).toBeTruthy();
  });

  it('is asked again after a correction, keeps the sender in sight, and takes it back', async () => {
    const vip = a.dryRun({
      held: 0, joined: 0, passed: 12,
      senders: [a.dryRun().senders[1]!, a.dryRunSender({ senderKind: 'vip', reason: 'listedAddress', because: 'Ann is listed.', held: 0, joined: 0, callsRequired: 0 })],
    });
    const { root, button, server, text } = await sheet('dryRun', ({ server }) => (server.dryRun = () => (server.listed.size > 0 ? vip : a.dryRun())));
    root.querySelector<HTMLButtonElement>('.chip[value=vip]')!.click();
    await settle();
    expect(server.asked).toEqual([
      'GET /api/dryrun', 'GET /api/policy', 'listed ann@contoso.com', 'list ann@contoso.com vip', 'GET /api/dryrun',
    ]);
    expect(server.refetched).toBe(1);
    expect(rows(root, 'dialog > table')).toEqual([['Ann Lindqvistann@contoso.com', '0', '9']]);
    expect(text()).toContain('ann@contoso.com is now: VIP.');
    expect(text()).toContain('Nothing would have been held.');

    button('Undo').click();
    await settle();
    expect(server.listed.size).toBe(0);
    expect(root.querySelector('.count')?.textContent).toContain('6 of 12');
    expect(text()).not.toContain('is now');
  });

  it('corrects a whole company, and puts back what was listed before', async () => {
    const { root, button, server } = await sheet('dryRun', ({ server }) => server.listed.set('northwind.example', 'customer'));
    root.querySelector<HTMLInputElement>('.passed input[value=domain]')!.checked = true;
    root.querySelector<HTMLButtonElement>('.passed .chip[value=prospect]')!.click();
    await settle();
    expect(server.listed.get('northwind.example')).toBe('prospect');
    button('Undo').click();
    await settle();
    expect(server.listed.get('northwind.example')).toBe('customer');
  });

  it('keeps the focus with the sender who was corrected', async () => {
    const vip = a.dryRunSender({ senderKind: 'vip', reason: 'listedAddress' });
    const { root } = await sheet('dryRun', ({ server }) => (server.dryRun = () => a.dryRun({ senders: [server.listed.size > 0 ? vip : a.dryRunSender()] })));
    const row = root.querySelector('tbody')!;
    root.querySelector<HTMLButtonElement>('.chip[value=vip]')!.click();
    await settle();
    expect(root.textContent).toContain('VIP: 3 calls first');
    expect(root.querySelector('tbody')).toBe(row);
  });

  it('says beside the sender why a correction was not taken', async () => {
    const { root, server } = await sheet('dryRun');
    server.trouble = new ApiError('refused', 422, 'free-mail-domain', 'That domain is a free-mail service.');
    root.querySelector<HTMLButtonElement>('.passed .chip')!.click();
    await settle();
    expect([...root.querySelectorAll('.correct [role=alert]')].map(({ textContent }) => textContent)).toEqual(['That domain is a free-mail service.']);
    expect(root.querySelector('.corrected')).toBeNull();
  });

  it('offers no correction for what a machine wrote', async () => {
    const machine = a.dryRunSender({ senderKind: 'automated', reason: 'machine', held: 0 });
    const { root } = await sheet('dryRun', ({ server }) => (server.dryRun = () => a.dryRun({ held: 0, senders: [machine] })));
    expect(root.querySelector('.passed')).toBeTruthy();
    expect(root.querySelector('.chip')).toBeNull();
  });

  it.each([
    ['no mail at all', { mails: 0, held: 0, joined: 0, passed: 0, senders: [] }, 'No mail came in since Nov 9.'],
    ['more mail than is read', { truncated: true }, 'this begins on Nov 9'],
  ])('may find %s', async (_name, change, words) => {
    const { text } = await sheet('dryRun', ({ server }) => (server.dryRun = () => a.dryRun(change)));
    expect(text()).toContain(words);
  });

  it('says what it leaves out of a long list', async () => {
    const senders = Array.from({ length: 30 }, (_, at) => a.dryRunSender({ from: { name: null, address: `${at}@contoso.com` } }));
    const { root, text } = await sheet('dryRun', ({ server }) => (server.dryRun = () => a.dryRun({ senders })));
    expect(root.querySelectorAll('tbody')).toHaveLength(25);
    expect(text()).toContain('and 5 more senders');
  });

  it('can be tried again where the mailbox could not be read', async () => {
    const { button, server, text } = await sheet('dryRun', ({ server }) => {
      server.trouble = new ApiError('broken', 503, 'mailbox-busy', 'Microsoft asks for a pause with your mailbox.');
    });
    expect(text()).toContain('The last 14 days could not be read. Microsoft asks for a pause with your mailbox.');
    server.trouble = null;
    button('Try again').click();
    await settle();
    expect(text()).toContain('6 of 12 mails would be held');
    expect(text()).not.toContain('could not be read');
  });

  it('does not show an answer that is not what it should be', async () => {
    const { text } = await sheet('dryRun', ({ server }) => (server.dryRun = () => ({ ...a.dryRun(), held: 'six' })));
    expect(text()).toContain('The last 14 days could not be read. dryRun.held is not a whole number.');
  });

  it('tells the pane when the sign-in has run out', async () => {
    const { store } = await sheet('dryRun', ({ server }) => (server.trouble = new ApiError('signedOut', 401, '', 'Signed out.')));
    expect(store.state().link).toBe('signedOut');
  });

  it.each([
    ['Turn the gate on', false, { on: true, pausedUntil: null }],
    ['Keep it off for now', false, { on: false, pausedUntil: null }],
    ['Pause until tomorrow', true, { on: true, pausedUntil: '2026-11-23T23:00:00.000Z' }],
    ['Turn it off for now', true, { on: false, pausedUntil: null }],
  ])('ends with a decision: %s', async (name, on, decided) => {
    const { button, server, store, ends } = await sheet('dryRun', ({ server }) => (server.policy = a.policy({ on })));
    button(name).click();
    await settle();
    expect(server.stated).toEqual([decided]);
    expect(store.state().later.sheet).toBeNull();
    expect(ends.kept.get('firstRun.sam@contoso.com')).toBe(true);
    expect(server.refetched).toBe(1);
  });

  it('keeps a gate on without a word of the rep’s own, so that it goes on following the team', async () => {
    const { button, server, store, ends } = await sheet('dryRun', undefined, { boardAt: Date.now() });
    button('Keep the gate on').click();
    await settle();
    expect(server.stated).toEqual([]);
    expect(store.state().later.sheet).toBeNull();
    expect(ends.kept.get('firstRun.sam@contoso.com')).toBe(true);
  });

  it('ends a pause where the gate is to be on', async () => {
    const paused = a.policy({ pausedUntil: '2026-11-23T16:00:00Z' });
    const { button, server } = await sheet('dryRun', ({ server }) => (server.policy = paused), { boardAt: Date.now() });
    button('Turn the gate on').click();
    await settle();
    expect(server.policy).toMatchObject({ on: true, pausedUntil: null });
  });

  it('stays open with the reason when the decision was not taken', async () => {
    const { button, server, store, root } = await sheet('dryRun');
    server.trouble = new ApiError('refused', 403, 'team-limit', 'Your team keeps the gate on.');
    button('Turn it off for now').click();
    await settle();
    expect(store.state().later.sheet).toBe('dryRun');
    expect(root.querySelector('.decide [role=alert]')?.textContent).toContain('Your team keeps the gate on.');
  });

  it('decides nothing before it is known whether the gate is on', () => {
    const { root } = open(Sheets, { later: { sheet: 'dryRun', dryRun: { asking: false, answer: a.dryRun(), failed: null } } });
    expect([...root.querySelectorAll<HTMLButtonElement>('.decide button')].map(({ disabled }) => disabled)).toEqual([true, true, true]);
  });

  it('asks again whether the gate is on where that could not be told', async () => {
    const opened = open(Sheets, { later: { sheet: 'dryRun', dryRun: { asking: false, answer: a.dryRun(), failed: null } } }, ({ server }) => {
      server.trouble = new ApiError('offline', 0, '', 'The server cannot be reached.');
    });
    await settle();
    expect(opened.root.querySelector('.decide [role=alert]')?.textContent.trim()).toBe('The server cannot be reached.');
    opened.server.trouble = null;
    opened.root.querySelector<HTMLButtonElement>('.decide .secondary')!.click();
    await settle();
    expect(opened.button('Keep the gate on').disabled).toBe(false);
    expect(opened.root.querySelector('.decide [role=alert]')).toBeNull();
  });

  it('gives the focus back to the pane', async () => {
    const { button, root } = await sheet('dryRun');
    const foot = document.body.appendChild(Object.assign(document.createElement('button'), { className: 'foot' }));
    button('Keep the gate on').focus();
    button('Keep the gate on').click();
    await settle();
    expect(root.querySelector('dialog')).toBeNull();
    expect(document.activeElement).toBe(foot);
  });

  it('closes for good, from the keyboard too', async () => {
    const { root, store, ends } = await sheet('dryRun');
    expect(root.querySelector('dialog')!.open).toBe(true);
    root.querySelector('dialog')!.close();
    await settle();
    expect(store.state().later.sheet).toBeNull();
    expect(ends.kept.get('firstRun.sam@contoso.com')).toBe(true);
  });
});

describe('the settings', () => {
  const switchOf = (root: Element, label: string) =>
    [...root.querySelectorAll<HTMLInputElement>('input[role=switch]')].find(({ labels }) => labels?.[0]?.textContent.startsWith(label))!;

  it('turn the gate off and on, each time with everything else as it was', async () => {
    const { root, server, text } = await sheet('settings');
    expect(switchOf(root, 'Gate').checked).toBe(true);
    switchOf(root, 'Gate').click();
    await settle();
    expect(server.stated).toEqual([{ on: false, pausedUntil: null }]);
    expect(switchOf(root, 'Gate').checked).toBe(false);
    expect(text()).toContain('Saved.');
    expect(text()).not.toContain('1 hour');
    expect(server.refetched).toBe(1);
  });

  it('pause for an hour by the server’s clock', async () => {
    vi.useFakeTimers({ now: new Date('2031-01-01T00:00:00Z') });
    const { button, server } = await sheet('settings', undefined, { boardAt: Date.now() - 30_000 });
    button('1 hour').click();
    await settle();
    vi.useRealTimers();
    expect(server.policy.pausedUntil).toBe('2026-11-23T08:55:30.000Z');
  });

  it('pause for the rest of today, where the rep works', async () => {
    const { button, server } = await sheet('settings', undefined, { boardAt: Date.now() });
    button('Rest of today').click();
    await settle();
    expect(server.policy.pausedUntil).toBe('2026-11-23T23:00:00.000Z');
  });

  it('pause until a day that is to come', async () => {
    const { root, button, server } = await sheet('settings', undefined, { boardAt: Date.now() });
    const day = root.querySelector<HTMLInputElement>('input[type=date]')!;
    expect([day.min, day.max]).toEqual(['2026-11-24', '2027-11-23']);
    expect(day.labels?.[0]?.textContent).toContain('Until');
    day.value = '2026-11-30';
    button('Pause').click();
    await settle();
    expect(server.policy.pausedUntil).toBe('2026-11-29T23:00:00.000Z');
  });

  it.each([
    ['2026-11-23T13:30:00Z', 'Paused until 14:30'],
    ['2026-11-23T23:00:00Z', 'Paused until tomorrow'],
    ['2026-11-29T23:00:00Z', 'Paused until Nov 30'],
    ['2026-11-29T08:15:00Z', 'Paused until Nov 29, 9:15'],
  ])('say until when, and end a pause: %s', async (pausedUntil, words) => {
    const { button, server, text } = await sheet('settings', ({ server }) => (server.policy = a.policy({ pausedUntil })), { boardAt: Date.now() });
    expect(text()).toContain(words);
    button('End the pause').click();
    await settle();
    expect(server.policy.pausedUntil).toBeNull();
    expect(button('1 hour')).toBeTruthy();
  });

  it('know that a pause is over', async () => {
    const { button } = await sheet('settings', ({ server }) => (server.policy = a.policy({ pausedUntil: '2026-11-23T07:54:00Z' })), { boardAt: Date.now() });
    expect(button('Rest of today')).toBeTruthy();
  });

  it('mark mail in the message list', async () => {
    const { root, server } = await sheet('settings', ({ server }) => (server.own = { managerIsVip: false, counting: null }));
    switchOf(root, 'Mark mail').click();
    await settle();
    // What the rep said before goes back; what follows the team goes on following it.
    expect(server.stated).toEqual([{ managerIsVip: false, counting: null, markMessages: true }]);
  });

  it.each([
    ['marksDenied', 'marking needs a permission that your administrator can give'],
    ['somethingNew', 'It is tried again by itself.'],
  ])('say what keeps mail from being marked: %s', async (marks, words) => {
    const { text } = await sheet('settings', ({ server }) => (server.policy = a.policy({ markMessages: true })), boardWith({ marks }));
    expect(text()).toContain(words);
  });

  it('have nothing to say of marks that are there, or off', async () => {
    for (const marks of ['on', 'off']) {
      const { root } = await sheet('settings', undefined, boardWith({ marks }));
      expect(root.querySelector('.problem')).toBeNull();
    }
  });

  it('dials with Teams when the rep likes that', async () => {
    const { root, server } = await sheet('settings');
    const teams = [...root.querySelectorAll('.switch')].find(({ textContent }) => textContent.startsWith('Call with Microsoft Teams'))!;
    teams.querySelector('input')!.click();
    await settle();
    expect(server.stated).toEqual([{ dialWith: 'teams' }]);
    expect(teams.querySelector('input')!.checked).toBe(true);
  });

  it('leave out marks where the server has none, in what they send too', async () => {
    const { root, server } = await sheet('settings', ({ server }) => (server.policy = a.policy({ markMessages: null })));
    expect(switchOf(root, 'Mark mail')).toBeUndefined();
    switchOf(root, 'Gate').click();
    await settle();
    expect(server.stated[0]).not.toHaveProperty('markMessages');
  });

  it('put a switch back that was not taken, and say so', async () => {
    const { root, button, server } = await sheet('settings');
    server.trouble = new ApiError('offline', 0, '', 'The server cannot be reached.');
    switchOf(root, 'Gate').click();
    await settle();
    expect(switchOf(root, 'Gate').checked).toBe(true);
    expect(root.querySelector('[role=alert]')?.textContent).toContain('Not saved. The server cannot be reached.');
    server.trouble = null;
    button('Try again').click();
    await settle();
    expect(root.querySelector('[role=alert]')).toBeNull();
  });

  it('never lose one change to another that follows at once', async () => {
    const { root, server } = await sheet('settings');
    switchOf(root, 'Mark mail').click();
    switchOf(root, 'Gate').click();
    await settle();
    await settle();
    expect(server.policy).toMatchObject({ on: false, markMessages: true });
  });

  it('lead to the dry run', async () => {
    const { button, store, root } = await sheet('settings');
    button(laterWords.settings.dryRun).click();
    await settle();
    expect(store.state().later.sheet).toBe('dryRun');
    expect(root.querySelectorAll('dialog')).toHaveLength(1);
    expect(root.querySelector('dialog')!.open).toBe(true);
  });
});

it.each(['settings', 'dryRun'] as const)('gives every control of the sheet a name: %s', async (name) => {
  const { root } = await sheet(name);
  const dialog = root.querySelector('dialog')!;
  expect(root.querySelector(`#${dialog.getAttribute('aria-labelledby')}`)?.textContent).toBeTruthy();
  for (const control of root.querySelectorAll('button, summary')) expect(control.textContent.trim()).not.toBe('');
  for (const field of root.querySelectorAll('input')) expect(field.labels?.length || field.getAttribute('aria-label')).toBeTruthy();
});

it('comes into the pane by itself once the board is there', async () => {
  vi.resetModules();
  const [{ PaneView }, { speak }] = [await import('../src/views/PaneView'), await import('../src/words')];
  await speak('en');
  const { ends } = a.later();
  const root = document.body.appendChild(document.createElement('main'));
  const actions = { open: vi.fn(), ends } as Partial<Actions> as Actions;
  const drawn = (change: Partial<State>) => render(<PaneView state={a.state(change)} actions={actions} />, root);
  drawn({ ...gateOff('accessDenied'), link: 'loading' });
  expect(root.textContent).toContain('your mailbox cannot be reached');
  drawn(gateOff('accessDenied'));
  await vi.waitFor(() => expect(root.textContent).toContain('Gate is off: InboxGate may not see your mailbox.'));
  [...root.querySelectorAll('button')].find(({ textContent }) => textContent === 'Settings')!.click();
  expect(actions.open).toHaveBeenCalledWith('settings');
});
