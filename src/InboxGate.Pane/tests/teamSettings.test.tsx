import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import { languages } from '../src/language';
import { readShared, wholeOrNull, withCalls, withLimits, withRange, type Own } from '../src/team/settings/policy';
import { Settings, type Base } from '../src/team/settings/Settings';
import { settingsWords, speakSettings } from '../src/team/settings/words';
import { a, settle } from './a';

beforeEach(() => speakSettings('en'));
afterEach(() => {
  render(null, document.body);
  document.body.replaceChildren();
});

const nothing: Own = { callsRequired: null, counting: null, inferFromMyOutreach: null, managerIsVip: null, hours: null, limits: null };
const inForce = {
  callsRequired: { colleague: 3, customer: 3, other: 3, unknown: 0, automated: 0, vip: 0, prospect: 0 }, counting: 'shared',
  inferFromMyOutreach: true, managerIsVip: true, hours: null, limits: null,
};

/** A server that keeps what it is told, and refuses what it is told to. */
async function settings(base: Base = '/api/team', change: { own?: Partial<Own>; refuses?: Record<string, ApiError> } = {}) {
  const asked: [string, string, unknown][] = [];
  const refuses = new Map(Object.entries(change.refuses ?? {}));
  const senders = new Map([['contoso.com', 'customer']]);
  const holidays = new Map([['2026-12-25', 'Christmas Day'], ['2027-01-01', 'New Year']]);
  const teams = new Map<string, string>();
  let own: Own = { ...nothing, ...change.own };
  const listed = () => [...holidays].map(([date, name]) => ({ date, name }));
  const api = {
    async ask(method: string, path: string, body?: unknown): Promise<unknown> {
      asked.push([method, path, body]);
      const refusal = refuses.get(`${method} ${path}`);
      if (refusal) throw refusal;
      const [place = '', query = ''] = path.split('?');
      const last = decodeURIComponent(place.split('/').at(-1)!);
      if (place.endsWith('/policy')) {
        if (method === 'PUT') own = body as Own;
        return { own, inForce: { ...inForce, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null)), callsRequired: { ...inForce.callsRequired, ...own.callsRequired } } };
      }
      if (place.endsWith('/senders')) return { entries: [...senders].map(([entry, kind]) => ({ entry, kind })), next: null };
      if (place.includes('/senders/')) {
        if (method === 'PUT') senders.set(last, (body as { kind: string }).kind);
        if (method === 'DELETE') senders.delete(last);
        if (method === 'GET' && !senders.has(last)) throw new ApiError('refused', 404, '', 'Not listed.');
        return method === 'GET' ? { entry: last, kind: senders.get(last) } : null;
      }
      if (place.endsWith('/holidays')) return { holidays: listed() };
      if (place.endsWith('/import')) {
        if (query.includes('false')) holidays.set('2026-11-26', 'Thanksgiving');
        return { saved: query.includes('false'), added: [{ date: '2026-11-26', name: 'Thanksgiving' }], known: [{ date: '2026-12-25', name: 'Christmas Day' }], passedOver: [{ name: 'Lunch', why: 'It is not a whole day.' }] };
      }
      if (place.includes('/holidays/')) {
        if (method === 'PUT') holidays.set(last, (body as { name: string }).name);
        if (method === 'DELETE') holidays.delete(last);
        return null;
      }
      if (place === '/api/tenant/teams') {
        return { reps: [['ann', 'Ann'], ['mira', 'Mira']].map(([rep, name]) => ({ rep, name, team: teams.get(rep!) ?? null, teamName: null, byHand: teams.has(rep!) })), next: null };
      }
      const [manager = '', rep = ''] = place.replace('/api/tenant/teams/', '').split('/');
      if (method === 'PUT') teams.set(rep, manager);
      else teams.delete(rep);
      return null;
    },
    file: async () => new Blob(),
    async call(method: string, path: string, body?: unknown): Promise<Response> {
      asked.push([method, path, body]);
      const refusal = refuses.get(`${method} ${path}`);
      if (refusal) throw refusal;
      return Response.json(a.page([a.entry()], null, 1));
    },
  };
  const root = document.body.appendChild(document.createElement('main'));
  render(<Settings api={api} base={base} />, root);
  await settle();
  const within = (title: string) => [...root.querySelectorAll<HTMLElement>('section')].find((one) => one.querySelector('h2')!.textContent === title)!;
  return {
    root, asked, senders, holidays, teams, within, own: () => own,
    text: (title: string) => within(title).textContent.replace(/\s+/g, ' ').trim(),
    async click(title: string, name: string) {
      const found = [...within(title).querySelectorAll('button')].find((one) => one.textContent === name || one.getAttribute('aria-label') === name);
      if (!found) throw new Error(`No button "${name}" in: ${within(title).textContent}`);
      found.click();
      await settle();
    },
    async send(title: string, values: Record<string, string>, form = 'form') {
      const element = within(title).querySelector<HTMLFormElement>(form)!;
      for (const [name, value] of Object.entries(values)) element.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value;
      element.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
      await settle();
    },
    async type(selector: string, value: string, kind = 'input') {
      const input = root.querySelector<HTMLInputElement>(selector)!;
      input.value = value;
      input.dispatchEvent(new Event(kind, { bubbles: true }));
      await settle();
    },
  };
}

describe('a statement', () => {
  it('says a number of calls from 0 to 20, or nothing', () => {
    expect(withCalls(nothing, 'vip', 25).callsRequired).toEqual({ vip: 20 });
    expect(withCalls(nothing, 'vip', -1).callsRequired).toEqual({ vip: 0 });
    expect(withCalls(withCalls(nothing, 'vip', 2), 'vip', null).callsRequired).toBeNull();
    expect(withCalls({ ...nothing, callsRequired: { vip: 1 } }, 'other', 2).callsRequired).toEqual({ vip: 1, other: 2 });
  });

  it.each([['3', 3], ['', null], ['-1', null], ['2.5', null], [' 4 ', 4], ['x', null]])('reads "%s" as %s', (typed, whole) => expect(wholeOrNull(typed)).toBe(whole));

  it('has a limit only where one was said', () => {
    const limited = withRange(nothing, 'colleague', 'least', 2);
    expect(limited.limits!.callsRequired).toEqual({ colleague: { least: 2, most: 20 } });
    expect(withRange(limited, 'colleague', 'least', null).limits).toBeNull();
    expect(withLimits(nothing, { maySwitchOff: false }).limits!.maySwitchOff).toBe(false);
    expect(withLimits(withLimits(nothing, { maySwitchOff: false }), { maySwitchOff: null }).limits).toBeNull();
  });

  it('is read to the minute, and refused where it is none', () => {
    expect(readShared({ own: { hours: { start: '09:00:00', end: '17:30:00', days: ['monday'] } }, inForce }).own.hours).toEqual({ start: '09:00', end: '17:30', days: ['monday'] });
    expect(() => readShared({ own: null })).toThrow('could not be read');
  });
});

describe('the policy', () => {
  const title = 'Calls and hours';

  it('names what is in force and whose word it is', async () => {
    expect((await settings()).text(title)).toContain('3 (the company’s)');
    expect((await settings('/api/tenant')).text(title)).toContain('3 (InboxGate’s default)');
  });

  it('sends all that was said, and takes it back', async () => {
    const { click, own, text, asked } = await settings('/api/team', { own: { managerIsVip: false } });
    await click(title, 'Colleague: one call more');
    await click(title, 'Save');
    expect(asked.at(-1)).toEqual(['PUT', '/api/team/policy', { ...nothing, managerIsVip: false, callsRequired: { colleague: 4 } }]);
    expect(text(title)).toContain('Saved.');
    await click(title, 'Undo');
    expect(own()).toEqual({ ...nothing, managerIsVip: false });
  });

  it('says nothing again where a field is emptied', async () => {
    const { type, click, own } = await settings('/api/team', { own: { callsRequired: { colleague: 5 } } });
    await type('[id="calls-/api/team-colleague"]', '');
    await click(title, 'Save');
    expect(own().callsRequired).toBeNull();
  });

  it('keeps what was typed when it is refused, and says why', async () => {
    const { click, text, root } = await settings('/api/team', { refuses: { 'PUT /api/team/policy': new ApiError('refused', 422, '', 'Calls are 0 to 20.') } });
    await click(title, 'Colleague: one call more');
    await click(title, 'Save');
    expect(text(title)).toContain('Calls are 0 to 20.');
    expect(root.querySelector<HTMLInputElement>('[id="calls-/api/team-colleague"]')!.value).toBe('4');
  });

  it('tells of no connection and of no permission, and tries again', async () => {
    expect((await settings('/api/team', { refuses: { 'GET /api/team/policy': new ApiError('offline', 0, '', '') } })).text(title)).toContain(settingsWords.offline);
    const { text } = await settings('/api/tenant', { refuses: { 'GET /api/tenant/policy': new ApiError('refused', 403, '', 'Only administrators.') } });
    expect(text(title)).toContain('You may not see or change this. Only administrators.');
    expect(text(title)).toContain('Try again');
  });
});

describe('shared senders', () => {
  const title = 'Shared senders';

  it('are added, and the kind before comes back', async () => {
    const { send, click, senders } = await settings();
    await send(title, { entry: ' contoso.com ', kind: 'vip' });
    expect(senders.get('contoso.com')).toBe('vip');
    await click(title, 'Undo');
    expect(senders.get('contoso.com')).toBe('customer');
  });

  it('are removed, and put back', async () => {
    const { click, senders, text } = await settings();
    await click(title, 'Remove contoso.com');
    expect(senders.size).toBe(0);
    expect(text(title)).toContain('Nothing is listed yet.');
    await click(title, 'Undo');
    expect(senders.get('contoso.com')).toBe('customer');
  });

  it('say why one was refused', async () => {
    const { send, text } = await settings('/api/team', { refuses: { 'PUT /api/team/senders/gmail.com': new ApiError('refused', 422, '', 'gmail.com is open to everyone.') } });
    await send(title, { entry: 'gmail.com', kind: 'vip' });
    expect(text(title)).toContain('gmail.com is open to everyone.');
  });

  it('are looked up one by one', async () => {
    const { send, text } = await settings();
    await send(title, { entry: 'fabrikam.com' }, '[role=search]');
    expect(text(title)).toContain('fabrikam.com is not listed.');
  });
});

describe('shared prospects', () => {
  const title = () => settingsWords.prospects.title;
  const fetched = () => vi.waitFor(() => expect(document.querySelector('.prospects .entry')).not.toBeNull());

  it('are fetched when somebody looks, with a way to fill them', async () => {
    const { asked, click, text, within } = await settings('/api/tenant');
    expect(asked.some(([, path]) => path.includes('prospects'))).toBe(false);
    await click(title(), 'Show the list');
    await fetched();
    expect(asked.at(-1)!.slice(0, 2)).toEqual(['GET', '/api/tenant/prospects?']);
    expect(text(title())).toContain('Ann LeeFabrikam');
    expect(within(title()).querySelector('details .drop input[type=file]')).not.toBeNull();
  });

  it('say when the list is out of reach', async () => {
    const { click, text } = await settings('/api/team', { refuses: { 'GET /api/team/prospects?': new ApiError('offline', 0, '', '') } });
    await click(title(), 'Show the list');
    await vi.waitFor(() => expect(text(title())).toContain('The server cannot be reached.'));
  });
});

describe('holidays', () => {
  const title = 'Holidays';

  it('stand by year', async () => {
    const { within } = await settings();
    expect([...within(title).querySelectorAll('h3')].map(({ textContent }) => textContent)).toEqual(['2026', '2027']);
  });

  it('are added and removed, each with a way back', async () => {
    const { send, click, holidays } = await settings();
    await send(title, { date: '2026-12-26', name: 'Boxing Day' });
    expect(holidays.get('2026-12-26')).toBe('Boxing Day');
    await click(title, 'Undo');
    expect(holidays.has('2026-12-26')).toBe(false);
    await click(title, 'Remove Fri, December 25 2026: Christmas Day');
    expect(holidays.has('2026-12-25')).toBe(false);
    await click(title, 'Undo');
    expect(holidays.get('2026-12-25')).toBe('Christmas Day');
  });

  it('of a calendar file are shown before they are added, and taken back afterwards', async () => {
    const { within, click, text, holidays, asked } = await settings();
    const drop = new Event('drop', { bubbles: true, cancelable: true });
    Object.assign(drop, { dataTransfer: { files: [new File(['BEGIN:VCALENDAR'], 'days.ics')] } });
    within(title).querySelector('.drop')!.dispatchEvent(drop);
    await settle();
    expect(text(title)).toContain('1 day to add');
    expect(text(title)).toContain('1 day already there');
    expect(text(title)).toContain('Lunch: It is not a whole day.');
    expect(holidays.has('2026-11-26')).toBe(false);
    expect(asked.at(-1)![2]).toBeInstanceOf(FormData);
    await click(title, 'Add them');
    expect(holidays.get('2026-11-26')).toBe('Thanksgiving');
    await click(title, 'Undo');
    expect(holidays.has('2026-11-26')).toBe(false);
    expect(holidays.has('2026-12-25')).toBe(true);
  });
});

describe('teams by hand', () => {
  const title = 'Teams by hand';

  it('are the administrators’ alone', async () => {
    expect((await settings()).within(title)).toBeUndefined();
    expect((await settings('/api/tenant')).within(title)).toBeDefined();
  });

  it('place a rep under a manager, and go back to the directory', async () => {
    const { click, send, teams, text } = await settings('/api/tenant');
    await click(title, 'Move Ann to a team');
    await send(title, { search: 'mi' }, '.moving form');
    await click(title, 'Place under Mira');
    expect(teams.get('ann')).toBe('mira');
    expect(text(title)).toContain('Ann is in the team of Mira.');
    await click(title, 'Ann: back to what the directory says');
    expect(teams.has('ann')).toBe(false);
    await click(title, 'Undo');
    expect(teams.get('ann')).toBe('mira');
  });
});

describe.each(languages)('in %s', (language) => {
  it('everything is said, calmly', async () => {
    await speakSettings(language);
    for (const [path, text] of said(settingsWords, 'settings')) {
      expect(text.trim(), path).not.toBe('');
      expect(text, path).not.toMatch(/[!！¡]|undefined|null|\[object|\$\{|  /);
    }
  });

  if (language !== 'en') it('nothing is left in English', async () => {
    await speakSettings('en');
    const english = new Map(said(settingsWords, 'settings'));
    await speakSettings(language);
    const same = /kinds\.(vip|prospect)|senders\.added|policy\.inForce|\.no$/;
    for (const [path, text] of said(settingsWords, 'settings')) if (!same.test(path)) expect(text, path).not.toBe(english.get(path));
  });
});

function said(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [0, 1, 2, 5].map((amount) => [`${path}(${amount})`, (value as (...given: unknown[]) => string)(amount, amount)]);
  return Object.entries(value as object).flatMap(([key, part]) => said(part, `${path}.${key}`));
}
