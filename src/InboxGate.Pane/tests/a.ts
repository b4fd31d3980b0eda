// Builders: a test states only what it is about.
import { readBoard, type Board, type Gate, type Mailbox, type Verdict } from '../src/board';
import { ApiError, type Api } from '../src/api';
import type { Host, MessageFacts, NewMessage, OnScreen } from '../src/host';
import { createKept, type Kept } from '../src/kept';
import type { DryRun, DryRunSender } from '../src/later/dryRun';
import type { History, HistoryDay } from '../src/later/history/history';
import type { ToCall } from '../src/later/next/next';
import type { Plan } from '../src/later/plan/plan';
import type { PlanSum, Preview } from '../src/later/plan/preview';
import type { WayBack } from '../src/later/plan/wayBack';
import type { Contacts, Source } from '../src/later/prospects/contacts/contacts';
import type { Preview as ImportPreview, Report } from '../src/later/prospects/importing';
import type { Entry } from '../src/later/prospects/prospects';
import type { Policy } from '../src/later/policy';
import { addDays } from '../src/later/times';
import type { LaterEnds } from '../src/pane';
import { createStore, emptyState, type State } from '../src/store';
import type { MadeCall } from '../src/undo';

export const a = {
  board: (change: Partial<Board> = {}): Board => readBoard({
    revision: 10,
    asOf: '2026-11-23T07:55:00Z',
    nextChangeAt: '2026-11-23T08:00:00Z',
    gate: { on: true, why: null },
    today: {
      date: '2026-11-23', timeZone: 'Europe/Berlin', working: true,
      startsAt: '2026-11-23T07:00:00Z', endsAt: '2026-11-23T16:00:00Z',
    },
    counts: { calls: 4, emails: 0, meetings: 0, verifiedCalls: 0 },
    goals: { calls: 19, emails: 0, meetings: 0 },
    checkpoints: [
      { key: 'morning', name: '9:00', at: '2026-11-23T08:00:00Z', unit: 'calls', due: 6, state: 'next' },
      { key: 'lunch', name: '12:00', at: '2026-11-23T11:00:00Z', unit: 'calls', due: 15, state: 'later' },
      { key: 'leaving', name: '16:30', at: '2026-11-23T15:30:00Z', unit: 'calls', due: 19, state: 'later' },
    ],
    nextStep: { kind: 'checkpoint', unit: 'calls', amount: 2, by: null },
    gates: [],
    waivers: { today: 0, emergencyLeft: 2 },
    targets: [],
    streak: 0,
    ...change,
  }),

  gate: (change: Partial<Gate> = {}): Gate => ({
    id: 'gate-1',
    internetMessageId: '<slides@contoso.com>',
    conversationId: 'conversation-1',
    from: { name: 'Ann Lindqvist', address: 'ann@contoso.com' },
    subject: 'Slides',
    senderKind: 'colleague',
    reason: 'tenantDomain',
    match: 'contoso.com',
    because: 'Ann Lindqvist is a colleague (contoso.com).',
    openedAt: '2026-11-23T07:40:00Z',
    callsRequired: 3,
    callsRemaining: 3,
    state: 'pending',
    earnedAt: null,
    ...change,
  }),

  toCall: (change: Partial<ToCall> = {}): ToCall => ({
    entry: 'bea@fabrikam.example',
    name: 'Bea Ruiz',
    company: 'Fabrikam',
    phoneText: '+49 30 123456',
    dial: 'tel:+4930123456',
    localTime: '10:20',
    lastContact: { at: '2026-11-11T09:00:00Z', by: 'call', outcome: 'voicemail' },
    reason: 'longestUntouched',
    days: 12,
    because: 'Not called for 12 days; it is 10:20 there.',
    ...change,
  }),

  facts: (change: Partial<MessageFacts> = {}): MessageFacts => ({
    internetMessageId: '<slides@contoso.com>',
    conversationId: 'conversation-1',
    itemId: 'item-1',
    subject: 'Slides',
    from: { name: 'Ann Lindqvist', address: 'ann@contoso.com' },
    sender: null,
    replyTo: [],
    receivedAt: '2026-11-23T07:40:00Z',
    headers: null,
    ...change,
  }),

  made: (change: Partial<MadeCall> = {}): MadeCall => ({ id: 'call-1', at: Date.parse('2026-11-23T07:50:00Z'), outcome: null, ...change }),

  message: (change: Partial<MessageFacts> = {}): OnScreen => ({ kind: 'message', facts: a.facts(change) }),

  verdict: (change: Partial<Verdict> = {}): Verdict => ({
    senderKind: 'colleague',
    reason: 'tenantDomain',
    match: 'contoso.com',
    because: 'Ann Lindqvist is a colleague (contoso.com).',
    gate: null,
    board: a.board(),
    ...change,
  }),

  state: (change: Partial<State> = {}): State => ({ ...emptyState, board: a.board(), link: 'ready', outlook: true, ...change }),

  /** Storage that outlives a pane, as a browser profile does. */
  storage(): Storage {
    const values = new Map<string, string>();
    return {
      get length() { return values.size; },
      key: (at: number) => [...values.keys()][at] ?? null,
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
      removeItem: (key: string) => void values.delete(key),
      clear: () => values.clear(),
    };
  },

  kept: (storage: Storage = a.storage()): Kept => createKept(() => storage),

  mailbox: (change: Partial<Mailbox> = {}): Mailbox => ({
    access: 'application', problem: null, catchUp: null, assumed: [], claims: null, marks: 'off', ...change,
  }),

  dryRunSender: (change: Partial<DryRunSender> = {}): DryRunSender => ({
    from: { name: 'Ann Lindqvist', address: 'ann@contoso.com' }, senderKind: 'colleague', reason: 'tenantDomain', match: 'contoso.com',
    because: 'Ann Lindqvist is a colleague (contoso.com).', mails: 9, held: 6, joined: 2, callsRequired: 3, ...change,
  }),

  dryRun: (change: Partial<DryRun> = {}): DryRun => ({
    from: '2026-11-09T07:55:00Z', to: '2026-11-23T07:55:00Z', mails: 12, held: 6, joined: 2, passed: 4,
    senders: [
      a.dryRunSender(),
      a.dryRunSender({
        from: { name: 'Priya', address: 'priya@northwind.example' }, senderKind: 'unknown', reason: 'unknownSender', match: null,
        because: 'Nobody has said yet who Priya is.', mails: 3, held: 0, joined: 0, callsRequired: 0,
      }),
    ],
    truncated: false,
    ...change,
  }),

  historyDay: (change: Partial<HistoryDay> = {}): HistoryDay => ({
    date: '2026-11-20', working: true, calls: 12, emails: 0, meetings: 0, callsGoal: 18, emailsGoal: 0, meetingsGoal: 0,
    answeredEarned: 2, answeredEarly: 0, callsByHour: Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 8 : hour === 14 ? 4 : 0)),
    ...change,
  }),

  /** Thirteen weeks up to the day before the board's, unless told otherwise: most days kept, some not, Saturdays and Sundays off. */
  history: (days: HistoryDay[] = weeksOfDays()): History => ({ from: days[0]?.date ?? '2026-11-22', to: days.at(-1)?.date ?? '2026-11-22', days }),

  wayBack: (change: Partial<WayBack> = {}): WayBack => ({
    unit: 'calls', period: 'month', behind: 14, morePerDay: 2, until: '2026-11-30', normalDay: 18, finishAt: 392, atMost: 430, offered: true, ...change,
  }),

  plan: (change: Partial<Plan> = {}): Plan => ({
    checkpoints: null, margin: 5, daysOff: [], halfDays: [], keepsPaceUntil: null, countsFrom: null, manager: 'dana@contoso.com', ...change,
  }),

  sum: (change: Partial<PlanSum> = {}): PlanSum => ({
    unit: 'calls', period: 'month', asked: 400, until: '2026-11-30', done: 0, pieces: [6, 9, 5], perDay: 20, wholeDays: 21, halfDays: 0, total: 420,
    reaches: true, ruling: true, ...change,
  }),

  preview: (change: Partial<Preview> = {}): Preview => ({
    countsFrom: '2026-11-23', day: { start: '08:00', end: '17:00' },
    checkpoints: [{ key: 'morning', time: '09:00', share: 30 }, { key: 'lunch', time: '12:00', share: 75 }, { key: 'leaving', time: '16:30', share: 100 }],
    today: { before: { calls: 20, emails: 0, meetings: 0 }, after: { calls: 20, emails: 0, meetings: 0 } },
    sums: [a.sum()], ...change,
  }),

  entry: (change: Partial<Entry> = {}): Entry => ({
    entry: 'ann@fabrikam.example', kind: 'prospect', name: 'Ann Lee', company: 'Fabrikam', phone: '+493012345678', timeZones: ['Europe/Berlin'],
    doNotCall: false, source: 'import', setAt: '2026-11-02T08:00:00Z', usedOn: '2026-11-20', scope: 'rep', others: null, ...change,
  }),

  page: (entries: Entry[] = [a.entry()], next: string | null = null, total = entries.length) => ({ entries, next, total }),

  contactSource: (change: Partial<Source> = {}): Source => ({
    folderId: 'leads', folderName: 'Leads', category: '', kind: 'prospect', readAt: '2026-11-23T08:05:00Z', reading: false, entries: 12, problem: null, ...change,
  }),
  contacts: (change: Partial<Contacts> = {}): Contacts => ({
    available: true, problem: null, folders: [{ id: '', name: 'Contacts' }, { id: 'leads', name: 'Leads' }], categories: ['Hot'], sources: [a.contactSource()], ...change,
  }),

  report: (change: Partial<Report> = {}): Report => ({
    rows: 1_250, added: 1_200, updated: 30, unchanged: 18, rejected: 2, removed: 0, conflicts: 0,
    problems: [
      { line: 17, code: 'noAddressOrNumber', detail: 'The row has no address, no number and no company domain.', rejected: true },
      { line: 30, code: 'numberPassedOver', detail: '“call me” is not a number that can be called from anywhere. The rest of the row was taken.', rejected: false },
    ],
    problemsLeftOff: 0, ...change,
  }),

  importPreview: (change: Partial<ImportPreview> = {}): ImportPreview => ({
    ...a.report(),
    columns: [
      { index: 0, header: 'Email', field: 'email', samples: ['ann@fabrikam.example', 'bob@fabrikam.example', ''] },
      { index: 1, header: 'Lead owner', field: null, samples: ['Sam', 'Sam', 'Kim'] },
      { index: 2, header: '', field: 'phone', samples: ['030 12345678', '', ''] },
    ],
    sample: [a.entry(), a.entry({ entry: '+442079460958', name: null, company: null, phone: '+442079460958' })],
    wouldRemove: { count: 0, sample: [] }, ...change,
  }),

  policy: (change: Partial<Policy> = {}): Policy => ({
    on: true, pausedUntil: null, callsRequired: { colleague: 3, customer: 3, other: 3 }, counting: 'shared',
    inferFromMyOutreach: true, managerIsVip: true, markMessages: false, dialWith: 'tel', ...change,
  }),

  /** What the parts that come later work with, and a server behind it that answers what it is told to. */
  later(change: Partial<State> = {}) {
    const store = createStore(a.state(change));
    const roaming = new Map<string, unknown>();
    const answered: string[] = [];
    const messages: NewMessage[] = [];
    const server = {
      listed: new Map<string, string>(),
      policy: a.policy(),
      dryRun: (): unknown => a.dryRun(),
      trouble: null as ApiError | null,
      asked: [] as string[],
      stated: [] as unknown[],
      /** By method and path, without what is asked of it; whatever else is asked has the policy. */
      answers: new Map<string, (body: unknown) => unknown>(),
      own: {} as object,
      refetched: 0,
    };
    const told = async <T>(asked: string, answer: () => T): Promise<T> => {
      server.asked.push(asked);
      if (server.trouble) throw server.trouble;
      return answer();
    };
    const api = {
      listed: (entry: string) => told(`listed ${entry}`, () => server.listed.get(entry) ?? null),
      list: (entry: string, kind: string) => told(`list ${entry} ${kind}`, () => void server.listed.set(entry, kind)),
      unlist: (entry: string) => told(`unlist ${entry}`, () => void server.listed.delete(entry)),
      ask: (method: string, path: string, body?: unknown) => told(`${method} ${path}`, () => {
        const answer = server.answers.get(`${method} ${path.split('?')[0]}`);
        if (answer) return answer(body);
        if (path === '/api/dryrun') return server.dryRun();
        if (path.startsWith('/api/prospects/next')) return { calls: [], whyNone: 'noProspects' };
        if (method === 'PUT') {
          server.stated.push(body);
          server.policy = { ...server.policy, ...(body as Partial<Policy>) };
        }
        return path === '/api/policy/own' ? server.own : server.policy;
      }),
      file: (path: string) => told(`file ${path}`, () => new Blob(['date'])),
      /** Text is answered as it is, anything else as JSON. */
      call: async (method: string, path: string, body?: unknown) => told(`${method} ${path}`, () => null).then(async () => {
        const answer = await server.answers.get(`${method} ${path.split('?')[0]}`)?.(body);
        return typeof answer === 'string' ? new Response(answer) : Response.json(answer ?? null);
      }),
    } as Partial<Api> as Api;
    const ends: LaterEnds = {
      api, store, kept: a.kept(), account: () => 'sam@contoso.com',
      settings: { get: (key) => roaming.get(key) ?? null, set: async (key, value) => !!roaming.set(key, value) },
      newMessage: async (message) => messages.push(message) > 0,
      isReachable: ({ id }) => id === 'reachable', answer: ({ id }) => void answered.push(id),
      refetch: async () => void (server.refetched += 1),
      failed: (error) => {
        if (error instanceof ApiError && error.failure === 'signedOut') store.patch({ link: 'signedOut' });
      },
      signOut: async () => store.patch({ link: 'signedOut' }),
    };
    return { ends, server, store, roaming, answered, messages };
  },

  host(onScreen: OnScreen = { kind: 'none' }, account: string | null = 'sam@contoso.com') {
    let current = onScreen;
    let changed = () => {};
    const banners: (string | null)[] = [];
    const settings = new Map<string, unknown>();
    let dialogCall = (_id: string) => {};
    const host: Host = {
      ready: Promise.resolve({ outlook: true, account, language: 'en-US', nestedAppAuth: true }),
      itemKey: () => (current.kind === 'message' ? current.facts.itemId : null),
      onScreen: async () => current,
      onItemChanged: (tell) => void (changed = tell),
      banner: async (_key, text) => banners.push(text) > 0,
      onDialogCall: (tell) => void (dialogCall = tell),
      reply: () => {},
      open: async () => true,
      newMessage: async () => true,
      dialog: async () => null,
      settings: {
        get: (key) => settings.get(key) ?? null,
        set: async (key, value) => settings.set(key, value) === settings,
      },
      onTheme: () => {},
    };
    return {
      host,
      banners,
      settings,
      /** "Call made" in the send dialog, where that only opens the pane. */
      callInDialog: (id: string) => dialogCall(id),
      /** What the rep does; `quietly` without the event, as hosts sometimes do. */
      select(next: OnScreen, how: 'told' | 'quietly' = 'told') {
        current = next;
        if (how === 'told') changed();
      },
    };
  },
};

function weeksOfDays(): HistoryDay[] {
  return Array.from({ length: 91 }, (_, at) => {
    const working = at % 7 < 5;
    const calls = working ? 14 + ((at * 5) % 9) : at % 13 === 0 ? 2 : 0;
    const early = Math.floor(calls * 0.6);
    return a.historyDay({
      date: addDays('2026-08-24', at), working, calls, callsGoal: working ? 18 : 0,
      emails: working ? at % 6 : 0, emailsGoal: working ? 4 : 0, meetings: at % 11 === 0 ? 1 : 0,
      answeredEarned: working ? at % 5 : 0, answeredEarly: at % 9 === 0 ? 1 : 0,
      callsByHour: Array.from({ length: 24 }, (_, hour) => (hour === 8 + (at % 3) ? early : hour === 14 ? calls - early : 0)),
    });
  });
}

/** Lets everything that can already happen, happen. */
export async function settle() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
