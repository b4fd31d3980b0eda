import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../src/api';
import { SignInError } from '../src/auth';
import { languages } from '../src/language';
import { createTeamPage, type PageEnds } from '../src/team/page';
import { inOrder, keepingSame, named, readTeam, together, type Team, type TeamRep, type TeamTarget } from '../src/team/team';
import { TeamPageView } from '../src/team/TeamPageView';
import { speakTeam, teamWords } from '../src/team/words';
import { settle } from './a';

beforeEach(() => speakTeam('en'));
const leaving: (() => void)[] = [];
afterEach(() => {
  leaving.splice(0).forEach((leave) => leave());
  render(null, document.body);
  document.body.replaceChildren();
  vi.useRealTimers();
});

const target = (change: Partial<TeamTarget> = {}): TeamTarget => ({
  unit: 'calls', period: 'month', amount: 400, from: '2026-11-01', due: 400, done: 310, pace: 290, workingDaysLeft: 6, onTrack: true, reachable: true, ...change,
});
const rep = (name: string, change: Partial<TeamRep> = {}): TeamRep => ({
  rep: name.toLowerCase(), name, date: '2026-11-23', counts: { calls: 7, emails: 2, meetings: 1 }, goals: { calls: 19, emails: 0, meetings: 1 },
  targets: [target()], onTrack: true, ...change,
});
const mira = rep('Mira Sand');
const tom = rep('Tom Becker', { counts: { calls: 12, emails: 0, meetings: 0 }, targets: [target({ done: 200, onTrack: false })], onTrack: false });
const team = (change: Partial<Team> = {}): Team => ({
  asOf: '2026-11-23T09:00:00Z', individual: true, size: 2,
  totals: { counts: { calls: 19, emails: 2, meetings: 1 }, goals: { calls: 38, emails: 0, meetings: 2 }, onTrack: 1 },
  reps: [mira, tom], ...change,
});

interface Server { team: Team | number | 'offline'; admin: boolean; asked: string[]; etags: (string | null)[] }

/** The page as it stands in a browser, with a server of one team. */
async function open(change: Partial<Server> = {}, auth: Partial<PageEnds['auth']> = {}) {
  const server: Server = { team: team(), admin: false, asked: [], etags: [], ...change };
  let hub = { reach: false, changed: () => {}, opened: () => {}, closed: () => {}, stopped: 0 };
  const send = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const path = String(input);
    const headers = new Headers(init?.headers);
    server.asked.push(`${init?.method} ${path}`);
    if (server.team === 'offline') throw new TypeError('offline');
    if (path.startsWith('/api/tenant')) return server.admin ? Response.json({ own: {}, inForce: {} }) : Response.json({ title: 'Only administrators.' }, { status: 403 });
    if (path.startsWith('/api/team/csv')) return new Response('Name;Calls');
    if (typeof server.team === 'number') return Response.json({ title: 'No.' }, { status: server.team });
    server.etags.push(headers.get('if-none-match'));
    const etag = `"${JSON.stringify(server.team).length}"`;
    return headers.get('if-none-match') === etag ? new Response(null, { status: 304 }) : Response.json(server.team, { headers: { etag } });
  };
  const page = createTeamPage({
    auth: { token: async () => 'token', signIn: async () => {}, signOut: async () => {}, ...auth },
    send,
    connect: async (reach, { changed, opened, closed }) => {
      hub = { ...hub, reach, changed, opened, closed };
      return { stop: () => void (hub.stopped += 1) };
    },
  });
  const root = document.body.appendChild(document.createElement('div'));
  const draw = () => render(<TeamPageView page={page} state={page.state()} />, root);
  page.subscribe(draw);
  leaving.push(page.stop);
  draw();
  page.begin();
  await settleAll();
  return {
    page, server, root, hub: () => hub,
    text: () => root.textContent!.replace(/\s+/g, ' '),
    rows: () => [...root.querySelectorAll('tbody tr:not(.whole)')].map((row) => row.querySelector('th span')!.textContent),
    async click(name: string) {
      const found = [...root.querySelectorAll('button')].find((one) => one.textContent!.replace(/ [↑↓]$/, '') === name);
      if (!found) throw new Error(`No button "${name}" in: ${root.textContent}`);
      found.click();
      await settleAll();
    },
  };
}

/** Answers are read in several steps of their own. */
async function settleAll() {
  for (let turn = 0; turn < 10; turn++) await settle();
  await new Promise((resolve) => setTimeout(resolve, 0));
  for (let turn = 0; turn < 10; turn++) await settle();
}

describe('the page', () => {
  it('shows each rep with counts, goals, targets and pace in words', async () => {
    const { text, root } = await open();
    expect(text()).toContain('Mira SandTargets7 of 192 no goal1 of 1310 of 400 Calls this month20 ahead of an even paceOn track');
    expect(text()).toContain('Tom BeckerTargets12 of 190 no goal0 of 1200 of 400 Calls this month90 to an even paceBelow an even pace');
    expect(root.querySelector('svg.pace')!.getAttribute('aria-label')).toBe('510 of 800 done; an even pace is at 580');
    expect(root.querySelector('tr.whole')!.textContent).toContain('19 of 38');
    expect(root.querySelector('tr.whole')!.textContent).toContain('1 of 2');
  });

  it('says that it is loading, and that nobody is there', async () => {
    const root = document.body.appendChild(document.createElement('div'));
    const page = createTeamPage({ auth: { token: () => new Promise(() => {}), signIn: async () => {}, signOut: async () => {} } });
    leaving.push(page.stop);
    render(<TeamPageView page={page} state={page.state()} />, root);
    expect(root.textContent).toContain('Reading your team.');
    const { text, click, server } = await open({ team: team({ size: 0, reps: [] }) });
    expect(text()).toContain('Nobody is in your team yet.');
    await click('Look at the teams below yours');
    expect(server.asked.at(-1)).toBe('GET /api/team?transitive=true');
  });

  it('says which role is missing, and lets another account sign in', async () => {
    const left: string[] = [];
    const { text, click, server } = await open({ team: 403 }, { signOut: async () => void left.push('signOut'), signIn: async () => void left.push('signIn') });
    expect(text()).toContain('You need the Manager role');
    server.team = team();
    await click('Sign in with another account');
    expect(left).toEqual(['signOut', 'signIn']);
    expect(text()).toContain('Mira Sand');
  });

  it('asks to sign in where nobody is, and says why that did not work', async () => {
    let signedIn = false;
    let refused = true;
    const { text, click } = await open({}, {
      token: async () => {
        if (!signedIn) throw new ApiError('signedOut', 401, '', 'Signed out.');
        return 'token';
      },
      signIn: async () => {
        if (refused) throw new SignInError('blocked');
        signedIn = true;
      },
    });
    await click('Sign in');
    expect(text()).toContain('The browser did not open the sign-in window.');
    refused = false;
    await click('Sign in');
    expect(text()).toContain('Mira Sand');
    await click('Sign out');
    expect(text()).not.toContain('Mira Sand');
    expect(text()).toContain('Sign in');
  });

  it('keeps the team on screen while the server cannot be reached, and tells so', async () => {
    const { text, server, page, click } = await open();
    server.team = 'offline';
    await page.refetch();
    expect(text()).toContain('The server cannot be reached. What is here may be older.');
    expect(text()).toContain('Mira Sand');
    server.team = team();
    await click('Try again');
    expect(text()).not.toContain('cannot be reached');
  });

  it('says what is wrong where there is no team yet', async () => {
    expect((await open({ team: 'offline' })).text()).toContain('The server cannot be reached.');
    expect((await open({ team: 500 })).text()).toContain('The team could not be read.');
    expect((await open({ team: { ...team(), size: 'many' } as unknown as Team })).text()).toContain('team.size is not a whole number');
  });

  it('shows totals alone where single reps are hidden, and none of few', async () => {
    const hidden = team({ individual: false, reps: [], size: 5 });
    const { text, root } = await open({ team: hidden });
    expect(text()).toContain('Your organization shows totals alone');
    expect(text()).toContain('19 of 38');
    expect(root.querySelector('table')).toBeNull();
    expect((await open({ team: { ...hidden, size: 4, totals: null } })).text()).toContain('Totals are shown from five reps on.');
  });

  it('shows the company to administrators alone', async () => {
    expect((await open()).text()).not.toContain('Company');
    const { click, text, server } = await open({ admin: true });
    expect(text()).toContain('My teamRules of my teamCompany');
    await click('Company');
    await vi.waitFor(() => expect(server.asked).toContain('GET /api/tenant/senders?take=50'));
  });

  it('shows the company to an administrator without a team', async () => {
    const { text } = await open({ admin: true, team: 403 });
    expect(text()).not.toContain('You need the Manager role');
    expect(text()).not.toContain('My team');
  });

  it('saves the team as a file', async () => {
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) { saved.push(this.download); });
    const { click, server } = await open();
    await click('Save as CSV');
    expect(server.asked).toContain('GET /api/team/csv?transitive=false');
    expect(saved).toEqual(['inboxgate-team-2026-11-23.csv']);
  });

  it('draws the first of many reps at once and the rest soon after', async () => {
    const many = Array.from({ length: 40 }, (_, at) => rep(`Rep ${at + 1}`));
    const { root, rows } = await open({ team: team({ reps: many, size: 40 }) });
    expect(root.querySelector('table')!.getAttribute('aria-rowcount')).toBe('42');
    await vi.waitFor(() => expect(rows()).toHaveLength(40), 4_000);
    expect(rows()[10]).toBe('Rep 11');
  });
});

describe('what changes', () => {
  it('is asked for with the tag of what is there, and only other reps are drawn again', async () => {
    const { page, server, root, text } = await open();
    const row = root.querySelector('[data-rep="mira sand"]')!;
    await page.refetch();
    expect(server.etags.slice(0, 2)).toEqual([null, expect.any(String)]);
    server.team = team({ reps: [mira, { ...tom, counts: { ...tom.counts, calls: 13_000 } }] });
    await page.refetch();
    expect(text()).toContain('Tom BeckerTargets13,000 of 19');
    expect(root.querySelector('[data-rep="mira sand"]')).toBe(row);
    expect(page.state().team!.reps[0]).toEqual(mira);
  });

  it('is as of now when nothing did', async () => {
    const { page } = await open();
    const first = Date.parse(page.state().team!.asOf);
    const now = Date.now();
    vi.spyOn(Date, 'now').mockImplementation(() => now + 60_000);
    await page.refetch();
    expect(Date.parse(page.state().team!.asOf) - first).toBeGreaterThanOrEqual(59_000);
    expect(page.state().team!.reps[0]).toEqual(mira);
  });

  it('comes at most twice a second, however much the hub tells', async () => {
    const { server, hub } = await open();
    vi.useFakeTimers();
    const before = server.asked.length;
    for (let told = 0; told < 40; told++) {
      hub().changed();
      await vi.advanceTimersByTimeAsync(50);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.asked.length - before).toBeGreaterThanOrEqual(3);
    expect(server.asked.length - before).toBeLessThanOrEqual(5);
  });

  it('is told for the reach that is shown', async () => {
    const { root, hub, server } = await open();
    expect(hub().reach).toBe(false);
    root.querySelector<HTMLInputElement>('[role=switch]')!.click();
    await settleAll();
    expect(server.asked.at(-1)).toBe('GET /api/team?transitive=true');
    expect(hub()).toMatchObject({ reach: true, stopped: 1 });
  });
});

describe('the table', () => {
  it('is ordered by each column, either way, and searched', async () => {
    const { click, rows, root } = await open();
    expect(rows()).toEqual(['Mira Sand', 'Tom Becker']);
    await click('Calls today');
    expect(rows()).toEqual(['Tom Becker', 'Mira Sand']);
    expect(root.querySelector('[aria-sort=descending]')!.textContent).toContain('Calls today');
    await click('Calls today');
    expect(rows()).toEqual(['Mira Sand', 'Tom Becker']);
    const search = root.querySelector<HTMLInputElement>('[type=search]')!;
    search.value = 'beck';
    search.dispatchEvent(new Event('input', { bubbles: true }));
    await settleAll();
    expect(rows()).toEqual(['Tom Becker']);
  });

  it('has those of whom nothing is asked last, either way', () => {
    const free = rep('Ann', { targets: [] });
    for (const by of ['target', 'onTrack'] as const) {
      for (const down of [true, false]) expect(inOrder([free, tom, mira], { by, down }, 'en').at(-1)).toBe(free);
    }
    expect(inOrder([tom, mira], { by: 'target', down: true }, 'en')).toEqual([mira, tom]);
  });

  it('finds names without their accents', () => {
    expect(named([rep('José Ñandú'), mira], 'nandu jose', 'es')).toHaveLength(1);
    expect(named([mira], ' ', 'en')).toEqual([mira]);
  });

  it('sums what is asked of the same unit and period', () => {
    expect(together([mira, tom])).toEqual([target({ due: 800, done: 510, pace: 580, onTrack: false })]);
    expect(together([rep('Ann', { targets: [target({ period: 'day' })] })])).toEqual([]);
  });

  it('keeps the objects of reps that did not change', () => {
    const next = keepingSame(readTeam(structuredClone(team({ reps: [mira, { ...tom, onTrack: true }] }))), team());
    expect(next.reps[0]).toBe(mira);
    expect(next.reps[1]).not.toBe(tom);
  });
});

describe.each(languages)('in %s', (language) => {
  it('everything is said, calmly', async () => {
    await speakTeam(language);
    for (const [path, text] of said(teamWords, 'team')) {
      expect(text.trim(), path).not.toBe('');
      expect(text, path).not.toMatch(/[!！¡]|undefined|null|\[object|\$\{|  /);
    }
  });

  if (language !== 'en') it('nothing is left in English', async () => {
    await speakTeam('en');
    const english = new Map(said(teamWords, 'team'));
    await speakTeam(language);
    const same = /^team\.title$|column\.name|targetName|ofGoal|statement|setBy/;
    for (const [path, text] of said(teamWords, 'team')) if (!same.test(path)) expect(text, path).not.toBe(english.get(path));
  });
});

function said(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [0, 1, 2, 5].map((amount) => [`${path}(${amount})`, (value as (...given: unknown[]) => string)(amount, amount, amount)]);
  return Object.entries(value as object).flatMap(([key, part]) => said(part, `${path}.${key}`));
}
