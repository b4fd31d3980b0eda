// One sample of every state the pane can show, and what must be clicked to see all of it.
import type { Answered } from '../src/later/plan/wayBack';
import { laterWords } from '../src/later/words';
import type { PaneStateName } from '../src/states';
import { emptyState, type State } from '../src/store';
import { words } from '../src/words';
import { a } from '../tests/a';

export interface Sample {
  state: State;
  /** The summaries of what is folded away, by the selectors of their details. */
  open?: string[];
  /** What is pressed then, one after the other, by selector. */
  press?: string[];
  /** The name of a file that is dropped before. */
  file?: string;
  /** True once the first-run card was put away, the pin seen, the rule rehearsed: as on most days. */
  usual?: Partial<Record<'firstRun' | 'pin' | 'rehearsal', boolean>>;
  /** What the server says when a sheet asks. */
  server?: { policy?: Parameters<typeof a.policy>[0]; dryRun?: Parameters<typeof a.dryRun>[0]; answers?: Record<string, unknown>; never?: boolean; fails?: boolean };
}

const longName = 'Maximiliane von Hohenstein-Wertheimer';
const longAddress = 'maximiliane.von-hohenstein-wertheimer@beschaffung.woodgrove-industries.example';
const from = { name: longName, address: longAddress };
const [morning, lunch, leaving] = a.board().checkpoints as [Board['checkpoints'][0], Board['checkpoints'][0], Board['checkpoints'][0]];
type Board = ReturnType<typeof a.board>;
type Gate = Board['gates'][0];

const drawn = (change: Partial<State> = {}): Sample => ({ state: a.state(change) });
const board = (change: Partial<Board>, more: Partial<State> = {}): Sample => drawn({ board: a.board(change), ...more });
const shown = { onScreen: a.message({ from }) };
const gate = (change: Partial<Gate>, more: Partial<State> = {}): Sample => {
  const one = a.gate({ from, ...change });
  const nextStep = one.state === 'pending' ? { nextStep: { kind: 'gate', unit: 'calls', amount: one.callsRemaining, by: null } } : {};
  return board({ gates: [one], ...nextStep }, { ...shown, verdict: a.verdict({ gate: one }), ...more });
};
const reply = (change: Partial<Gate> | null): Sample => ({
  state: {
    ...(change ? gate(change) : drawn()).state,
    onScreen: { kind: 'reply', question: { inReplyTo: '<slides@contoso.com>', conversationId: null, recipients: null } },
    verdict: null,
  },
});
const free = (senderKind: string, reason: string, match: string | null): Sample =>
  drawn({ ...shown, verdict: a.verdict({ senderKind, reason, match, because: 'In the server’s words.' }) });
const off = (why: string): Sample => board({ gate: { on: false, why } }, shown);
const problem = (code: string): Sample => board({ gate: { on: false, why: 'mailboxUnreachable' }, mailbox: a.mailbox({ problem: code }) });
const mailbox = (change: Parameters<typeof a.mailbox>[0]): Sample => board({ mailbox: a.mailbox(change) });
const signedOut = (said: string): Sample => ({ state: { ...emptyState, link: 'signedOut', outlook: true, problem: said } });
const counts = (calls: number) => ({ calls, emails: 3, meetings: 1, verifiedCalls: 2 });
const kept = (link: State['link']): Sample => drawn({ link, keptCopy: link === 'loading', onScreen: null });
const target = (change: Partial<Board['targets'][0]>): Sample => board({
  targets: [
    { unit: 'calls', period: 'month', amount: 1_400, from: '2026-11-01', done: 1_310, left: 90, workingDaysLeft: 6, dayGoal: 19, reachable: true, ...change },
    { unit: 'emails', period: 'quarter', amount: 300, from: '2026-10-01', done: 120, left: 180, workingDaysLeft: 1, dayGoal: 12, reachable: true, ...change },
  ],
});
const behind = (change: Parameters<typeof a.wayBack>[0] = {}, answered: Partial<Answered> = {}): Sample => {
  const way = a.wayBack(change);
  const sample = board({ wayBack: way });
  const said = { date: '', choice: null, way, before: null, countsFrom: null, asking: false, failed: null, ...answered };
  return { ...sample, state: { ...sample.state, later: { answered: { ...said, date: said.choice ? sample.state.board!.today.date : '' } } } };
};
const plan = (preview: Parameters<typeof a.preview>[0] = {}, own: Parameters<typeof a.plan>[0] = {}, put: unknown = a.plan(own)): Sample =>
  sheet('plan', { answers: { 'GET /api/plan': a.plan(own), 'PUT /api/plan': put, 'POST /api/plan/preview': a.preview(preview) } });
const entries = [
  a.entry(),
  a.entry({ entry: longAddress, name: longName, company: 'Woodgrove Industries Beschaffung und Instandhaltung', kind: 'customer', source: 'said', usedOn: null, doNotCall: true }),
  a.entry({ entry: '+442079460958', name: null, company: null, phone: '+442079460958', source: 'contacts', usedOn: null }),
  a.entry({ entry: 'woodgrove.example', name: null, company: 'Woodgrove', phone: null, kind: 'vip', source: 'said', scope: 'tenant' }),
];
const prospects = (press: string[] = [], more: Partial<Sample> = {}, answers: Record<string, unknown> = {}): Sample => ({
  ...sheet('prospects', { answers: {
    'GET /api/prospects': a.page(entries, 'next', 1_250),
    'DELETE /api/prospects/ann%40fabrikam.example': { entry: null, was: a.entry() },
    'GET /api/prospects/contacts': a.contacts({ sources: [
      a.contactSource({ folderName: 'Einkaufsleitungen Süddeutschland und Österreich', category: 'Rahmenvertrag 2027' }),
      a.contactSource({ folderId: '', folderName: null, kind: 'customer', readAt: null, reading: true, entries: 0 }),
      a.contactSource({ folderId: 'gone', folderName: 'Messe', problem: 'contactFolderGone' }),
    ] }),
    'DELETE /api/prospects/contacts?folderId=leads&category=Rahmenvertrag%202027': { sources: [] },
    'POST /api/prospects/import/preview': a.importPreview({ conflicts: 3, wouldRemove: { count: 12, sample: entries } }),
    'POST /api/prospects/import': `{"report":${JSON.stringify(a.report({ removed: 12, conflicts: 3 }))}}`,
    ...answers,
  } }),
  press, ...more,
});
const importTab = '.parts .chip:nth-child(2)';
const contactsTab = '.parts .chip:last-child';
const toCall = [
  a.toCall(),
  a.toCall({ entry: longAddress, name: longName, company: 'Woodgrove Industries Beschaffung und Einkauf', phoneText: '+977 1-4412345', dial: 'tel:+97714412345', localTime: '13:05', reason: 'followUpDue', days: 3, lastContact: { at: '2026-11-02T09:00:00Z', by: 'mail', outcome: null } }),
  a.toCall({ entry: '+3619999999', name: null, company: null, phoneText: '+36 1 999 9999', dial: 'tel:+3619999999', localTime: '09:10', reason: 'neverContacted', days: 1, lastContact: null }),
];
const next = (calling: Partial<NonNullable<State['later']['calling']>> = {}, more: Partial<State> = {}): Sample => {
  const { state } = gate({ callsRemaining: 2 }, more);
  const known = { board: state.board!.asOf, asking: false, answer: { calls: toCall, whyNone: null }, failed: null, called: [], dialled: null, putOff: null };
  return { state: { ...state, later: { calling: { ...known, ...calling } } } };
};
const nobody = (whyNone: string): Sample => next({ answer: { calls: [], whyNone } });
const gates = (amount: number): Gate[] => Array.from({ length: amount }, (_, at) => a.gate({
  id: at % 3 === 0 ? 'reachable' : `gate-${at}`, internetMessageId: `<${at}@contoso.com>`, openedAt: `2026-11-23T0${at % 7}:10:00Z`,
  from: at % 2 ? from : { name: 'Bo', address: 'bo@contoso.com' }, subject: at % 4 ? 'Angebot für die Wartungsverträge der Werke in Süddeutschland' : null,
  state: at % 3 === 0 ? 'earned' : 'pending', callsRequired: 3, callsRemaining: at % 3,
}));
const met = board({ counts: counts(19), checkpoints: [{ ...morning, state: 'kept' }, { ...lunch, state: 'kept' }, { ...leaving, state: 'kept' }], nextStep: { kind: 'done', unit: null, amount: 0, by: null }, streak: 12 });
const checkpointKept = { kind: 'checkpoint' as const, kept: { ...morning, state: 'kept' }, next: { ...lunch, state: 'next' } };
const afterNine = board({ counts: counts(6), checkpoints: [{ ...morning, state: 'kept' }, { ...lunch, state: 'next' }, leaving], nextStep: { kind: 'checkpoint', unit: 'calls', amount: 3, by: lunch.at } });
const rewarded = (rewards: NonNullable<State['later']['rewards']>, sample = afterNine): Sample => ({ state: { ...sample.state, later: { rewards } } });
const copy = '.own-data .row button';
const erase = '.own-data + .own-data > button';
const sheet = (name: NonNullable<State['later']['sheet']>, server: NonNullable<Sample['server']> = {}, more: Partial<Board> = {}): Sample =>
  ({ ...board(more), state: { ...board(more).state, later: { sheet: name } }, server });

/** Drawn when asked for: words are those of the language spoken then. */
export const samples: Record<PaneStateName, () => Sample> = {
  'link loading': () => ({ state: emptyState }),
  'link ready': () => board({ counts: counts(4), goals: { calls: 19, emails: 5, meetings: 2 } }),
  'link offline': () => ({ state: { ...emptyState, link: 'offline', outbox: { waiting: 2, ahead: 2, undecided: [] } } }),
  'link signedOut': () => ({ state: { ...emptyState, link: 'signedOut' } }),
  'link error': () => ({ state: { ...emptyState, link: 'error', problem: 'The server answered 500.' } }),
  'link loading with a kept board': () => kept('loading'),
  'link offline with a kept board': () => kept('offline'),
  'link error with a kept board': () => kept('error'),
  'link signedOut with a kept board': () => kept('signedOut'),
  'sign-in blocked': () => signedOut(laterWords.signInTrouble.blocked),
  'sign-in cancelled': () => signedOut(laterWords.signInTrouble.cancelled),
  'sign-in consent': () => signedOut(laterWords.signInTrouble.consent),
  'sign-in offline': () => signedOut(laterWords.signInTrouble.offline),
  'sign-in foreign': () => signedOut(laterWords.signInTrouble.foreign),
  'sign-in otherAccount': () => signedOut(laterWords.signInTrouble.otherAccount),
  'sign-in failed': () => signedOut(words.link.signInFailed),

  'standing none': () => drawn({ onScreen: { kind: 'none' } }),
  'standing notInOutlook': () => drawn({ onScreen: { kind: 'none' }, outlook: false }),
  'standing several': () => drawn({ onScreen: { kind: 'several' } }),
  'standing newMail': () => drawn({ onScreen: { kind: 'newMail' } }),
  'standing invitation': () => drawn({ onScreen: { kind: 'invitation' } }),
  'standing unsupported': () => drawn({ onScreen: { kind: 'unsupported' } }),
  'standing shared': () => drawn({ onScreen: { kind: 'shared' } }),
  'standing checking': () => drawn(shown),
  'standing unchecked': () => drawn({ ...shown, verdictFailed: true }),
  'standing gateOff': () => off('paused'),

  'gate pending': () => gate({ callsRemaining: 2 }),
  'gate earned': () => gate({ state: 'earned', callsRemaining: 0, earnedAt: '2026-11-23T07:54:00Z' }),
  'gate answered': () => gate({ state: 'answered', from: null, subject: null }),
  'gate waived': () => gate({ state: 'waived', from: null, subject: null }),
  'gate expired': () => gate({ state: 'expired', from: null, subject: null }),
  'gate released': () => gate({ state: 'released' }, { verdict: null }),
  'reply pending': () => reply({ callsRemaining: 1 }),
  'reply earned': () => reply({ state: 'earned', callsRemaining: 0 }),
  'reply free': () => reply(null),

  'free prospect': () => free('prospect', 'youWroteFirst', null),
  'free customer': () => free('customer', 'listedDomain', 'woodgrove-industries.example'),
  'free colleague': () => free('colleague', 'tenantDomain', 'woodgrove-industries.example'),
  'free vip': () => free('vip', 'manager', null),
  'free other': () => free('other', 'listedAddress', longAddress),
  'free automated': () => free('automated', 'machine', 'Auto-Submitted'),
  'free unknown': () => free('unknown', 'unknownSender', null),

  'gate off offHours': () => off('offHours'),
  'gate off outOfOffice': () => off('outOfOffice'),
  'gate off mailboxUnreachable': () => off('mailboxUnreachable'),
  'gate off notWatching': () => off('notWatching'),
  'gate off paused': () => off('paused'),
  'mailbox consentMissing': () => problem('consentMissing'),
  'mailbox accessDenied': () => problem('accessDenied'),
  'mailbox mailboxNotFound': () => problem('mailboxNotFound'),
  'mailbox secretExpired': () => problem('secretExpired'),
  'mailbox tokenRefused': () => problem('tokenRefused'),
  'mailbox signInNeeded': () => problem('signInNeeded'),
  'mailbox signInRefused': () => problem('signInRefused'),
  'mailbox graphUnavailable': () => problem('graphUnavailable'),
  'mailbox watchFailed': () => problem('watchFailed'),
  'mailbox throttled': () => mailbox({ problem: 'throttled' }),
  'mailbox catchingUp': () => mailbox({ catchUp: { read: 1_240, of: 3_500 } }),
  'mailbox catchingUpUnknown': () => mailbox({ catchUp: { read: 1_240, of: null } }),
  'mailbox assumed': () => mailbox({ assumed: ['timeZone', 'workingHours'] }),
  'mailbox delegated': () => mailbox({ access: 'delegated' }),

  'step offHours': () => board({ nextStep: { kind: 'offHours', unit: null, amount: 0, by: null }, gate: { on: false, why: 'offHours' } }),
  'step gate': () => board({ gates: [a.gate({ from, callsRemaining: 2 })], nextStep: { kind: 'gate', unit: 'calls', amount: 2, by: null } }),
  'step checkpoint': () => board({ counts: counts(7), checkpoints: [{ ...morning, state: 'kept' }, { ...lunch, state: 'next' }, leaving], nextStep: { kind: 'checkpoint', unit: 'calls', amount: 3, by: lunch.at } }),
  'step emails': () => board({ nextStep: { kind: 'checkpoint', unit: 'emails', amount: 2, by: null }, goals: { calls: 19, emails: 5, meetings: 0 }, checkpoints: [{ ...morning, state: 'missed' }, { ...lunch, unit: 'emails', state: 'next' }, leaving] }),
  'step goal': () => board({ nextStep: { kind: 'goal', unit: 'calls', amount: 3, by: null }, checkpoints: [{ ...morning, state: 'kept' }, { ...lunch, state: 'missed' }, { ...leaving, state: 'missed' }] }),
  'step done': () => met,
  'step noGoal': () => board({ goals: { calls: 0, emails: 0, meetings: 0 }, checkpoints: [], nextStep: { kind: 'done', unit: null, amount: 0, by: null } }),
  'step dayOff': () => board({ today: { ...a.board().today, working: false }, goals: { calls: 0, emails: 0, meetings: 0 }, checkpoints: [], nextStep: { kind: 'offHours', unit: null, amount: 0, by: null }, gate: { on: false, why: 'offHours' } }),

  'outbox waiting': () => drawn({ outbox: { waiting: 12, ahead: 12, undecided: [] }, made: [a.made()] }),
  'outbox old': () => drawn({ outbox: { waiting: 0, ahead: 0, undecided: [{ id: '1', clickedAt: Date.parse('2026-11-12T09:10:00Z'), refused: null }, { id: '2', clickedAt: Date.parse('2026-11-12T09:20:00Z'), refused: null }] } }),
  'outbox refused': () => drawn({ outbox: { waiting: 0, ahead: 0, undecided: [{ id: '1', clickedAt: Date.parse('2026-11-22T09:10:00Z'), refused: 'The server would not take it.' }] } }),
  'calls made': () => drawn({ made: [a.made()] }),
  'calls several': () => ({ ...drawn({ made: [a.made()] }), open: ['.call-more details:first-child'] }),
  'calls outcomes': () => ({ ...drawn({ made: [a.made({ id: '1', at: null }), a.made({ id: '2', outcome: 'wrongNumber' }), a.made({ id: '3' })] }), open: ['.call-more details:last-child'] }),

  'waiver open': () => ({ ...gate({ callsRemaining: 2 }), open: ['.waiver'] }),
  'waiver usedUp': () => ({ ...board({ gates: [a.gate({ from })], waivers: { today: 3, emergencyLeft: 0 } }, { ...shown, verdict: a.verdict({ gate: a.gate({ from }) }) }), open: ['.waiver'] }),
  'waiver refused': () => ({ ...gate({ callsRemaining: 2 }, { refusal: 'A reason takes 1 to 200 characters.' }), open: ['.waiver'] }),
  'correct open': () => ({ ...gate({ callsRemaining: 2 }), open: ['.message details:last-of-type'] }),
  'correct made': () => ({ state: { ...free('customer', 'listedAddress', longAddress).state, correction: { entry: longAddress, kind: 'customer', previous: null } } }),
  'correct refused': () => ({ state: { ...free('unknown', 'unknownSender', null).state, refusal: 'gmail.com is open to everyone and cannot be listed.' } }),

  'waiting none': () => drawn(),
  'waiting some': () => board({ gates: gates(4) }),
  'waiting many': () => board({ gates: gates(14) }),
  'next ready': () => next(),
  'next dialled': () => next({ dialled: toCall[1]! }),
  'next notNow': () => ({ ...next(), open: ['.next-calls details'] }),
  'next putOff': () => next({ answer: { calls: toCall.slice(1), whyNone: null }, putOff: { call: toCall[0]!, how: 'later', until: '2026-12-24', before: {} } }),
  'next asking': () => next({ asking: true, answer: null }),
  'next offline': () => next({ answer: null }, { link: 'offline' }),
  'next failed': () => next({ answer: null, failed: 'The server answered 500.' }),
  'next noProspects': () => nobody('noProspects'),
  'next noNumbers': () => nobody('noNumbers'),
  'next outsideHours': () => nobody('outsideHours'),
  'next allCalledToday': () => nobody('allCalledToday'),
  'day before': () => board({ asOf: '2026-11-23T06:50:00Z', counts: { calls: 0, emails: 0, meetings: 0, verifiedCalls: 0 } }),
  'day ahead': () => board({ counts: counts(15), checkpoints: [{ ...morning, state: 'kept' }, { ...lunch, state: 'kept' }, { ...leaving, state: 'next' }], asOf: '2026-11-23T09:20:00Z' }),
  'day behind': () => board({ counts: counts(7), checkpoints: [{ ...morning, state: 'kept' }, { ...lunch, state: 'missed' }, { ...leaving, due: 19, state: 'next' }], asOf: '2026-11-23T12:20:00Z' }),
  'day units': () => board({
    counts: counts(7), goals: { calls: 19, emails: 8, meetings: 2 }, asOf: '2026-11-23T10:20:00Z',
    checkpoints: [{ ...morning, state: 'kept' }, { ...lunch, state: 'next' }, leaving, { ...morning, unit: 'emails', due: 3, state: 'kept' }, { ...lunch, unit: 'emails', due: 6, state: 'next' }, { ...leaving, unit: 'emails', due: 8 }],
  }),
  'day over': () => board({ counts: counts(12), checkpoints: [{ ...morning, state: 'kept' }, { ...lunch, state: 'missed' }, { ...leaving, state: 'missed' }], asOf: '2026-11-23T16:20:00Z', nextStep: { kind: 'offHours', unit: null, amount: 0, by: null } }),
  'behind offered': () => behind(),
  'behind beyond': () => behind({ behind: 120, morePerDay: null, finishAt: 350, atMost: 380 }),
  'behind closesAnyway': () => behind({ behind: 3, morePerDay: 0, period: 'quarter', until: '2026-12-31' }),
  'behind made': () => behind({}, { choice: 'makeUp' }),
  'behind kept': () => behind({}, { choice: 'keepPace', countsFrom: '2026-11-24' }),
  'behind refused': () => behind({ unit: 'emails', period: 'week', until: '2026-11-29' }, { failed: 'The server cannot be reached.' }),
  'target reachable': () => target({}),
  'target beyond': () => target({ reachable: false, left: 400 }),
  'target done': () => target({ left: 0 }),

  'reward goal': () => rewarded([{ kind: 'goal' }], met),
  'reward checkpoint': () => rewarded([checkpointKept]),
  'reward earned': () => rewarded([{ kind: 'earned', gates: [a.gate({ id: 'reachable', from, state: 'earned' })] }]),
  'reward earnedMany': () => rewarded([{ kind: 'earned', gates: gates(4) }]),
  'reward all': () => rewarded([checkpointKept, { kind: 'earned', gates: [a.gate({ id: 'reachable', from, state: 'earned' })] }]),

  'card firstRun': () => ({ ...drawn(shown), usual: { firstRun: false } }),
  'card rehearsal': () => ({ ...drawn({ later: { policy: { asking: false, answer: a.policy(), failed: null } } }), usual: { rehearsal: false } }),
  'card pin': () => ({ ...gate({ callsRemaining: 2 }), usual: { pin: false } }),

  'sheet plan': () => plan(),
  'sheet plan asking': () => sheet('plan', { never: true }),
  'sheet plan failed': () => sheet('plan', { fails: true }),
  'sheet plan short': () => plan({ sums: [a.sum({ total: 1_380, asked: 1_400, reaches: false, done: 1_200, wholeDays: 8, halfDays: 2, pieces: [6, 9, 5], perDay: 20 }), a.sum({ unit: 'emails', period: 'quarter', until: '2026-12-31', asked: 300, total: 310, pieces: [2, 3, 2], perDay: 7, wholeDays: 44 })] }),
  'sheet plan refused': () => ({ ...plan({}, {}, new Error('That plan does not hold. Each checkpoint’s time must be later than the one before it.')), press: ['.remove', '.decide .primary'] }),
  'sheet plan days': () => ({ ...plan({ countsFrom: '2026-11-24' }, { daysOff: ['2026-11-26'], halfDays: ['2026-11-27'], keepsPaceUntil: '2026-11-30' }), press: ['.month [aria-disabled=false]'] }),
  'sheet plan manyPieces': () => plan({}, { checkpoints: Array.from({ length: 8 }, (_, at) => ({ time: `${String(at + 9).padStart(2, '0')}:00`, share: at === 7 ? 100 : 10 * at })) }),
  'sheet plan nothingAsked': () => plan({ sums: [] }),
  'sheet prospects': () => prospects(),
  'sheet prospects asking': () => sheet('prospects', { never: true }),
  'sheet prospects failed': () => sheet('prospects', { fails: true }),
  'sheet prospects none': () => prospects([], {}, { 'GET /api/prospects': a.page([]) }),
  'sheet prospects editing': () => prospects(['.entries .entry']),
  'sheet prospects adding': () => prospects(['.prospects > div > .row:last-child .link']),
  'sheet prospects removed': () => prospects(['.entry', '.entry-form .link']),
  'sheet prospects contacts': () => prospects([contactsTab]),
  'sheet prospects contacts left': () => prospects([contactsTab, '.source .secondary']),
  'sheet prospects contacts denied': () => prospects([contactsTab], {}, { 'GET /api/prospects/contacts': a.contacts({ available: false, problem: 'contactsDenied', sources: [a.contactSource({ problem: 'contactsDenied' })] }) }),
  'sheet prospects import': () => prospects([importTab]),
  'sheet prospects preview': () => prospects([importTab, '.import .check input', '.import details summary'], { file: 'kontakte-export-woodgrove-industries-2026-11-20.csv' }),
  'sheet prospects importing': () => prospects([importTab, '.import .primary'], { file: 'contacts.csv' }, { 'POST /api/prospects/import': new Promise(() => {}) }),
  'sheet prospects imported': () => prospects([importTab, '.import .primary', '.import details summary'], { file: 'contacts.csv' }),
  'sheet settings': () => sheet('settings'),
  'sheet settings asking': () => sheet('settings', { never: true }),
  'sheet settings failed': () => sheet('settings', { fails: true }),
  'sheet settings paused': () => sheet('settings', { policy: { pausedUntil: '2026-12-24T23:00:00Z' } }),
  'sheet settings marks': () => sheet('settings', { policy: { markMessages: true } }, { mailbox: a.mailbox({ marks: 'marksDenied' }) }),
  'sheet dryRun': () => sheet('dryRun'),
  'sheet dryRun asking': () => sheet('dryRun', { never: true }),
  'sheet dryRun failed': () => sheet('dryRun', { fails: true }),
  'sheet dryRun noMail': () => sheet('dryRun', { dryRun: { mails: 0, held: 0, joined: 0, passed: 0, senders: [] } }),
  'sheet dryRun noneHeld': () => sheet('dryRun', { dryRun: { held: 0, joined: 0, passed: 12, truncated: true, senders: [a.dryRunSender({ from, held: 0, joined: 0, senderKind: 'unknown', reason: 'unknownSender', callsRequired: 0 })] } }),
  'sheet dryRun corrected': () => {
    const sample = sheet('dryRun', { dryRun: { senders: [a.dryRunSender({ from })] } });
    return { ...sample, state: { ...sample.state, later: { ...sample.state.later, corrections: [{ entry: longAddress, kind: 'customer', previous: null }] } } };
  },
  'sheet history': () => sheet('history', { answers: { 'GET /api/history': a.history() } }, { streak: 4 }),
  'sheet history asking': () => sheet('history', { never: true }),
  'sheet history failed': () => sheet('history', { fails: true }),
  'sheet history nothingYet': () => sheet('history', { answers: { 'GET /api/history': a.history([]) } }),
  'sheet history noGoals': () => sheet('history', { answers: { 'GET /api/history': a.history([a.historyDay({ calls: 0, callsGoal: 0, answeredEarned: 0, callsByHour: Array(24).fill(0) })]) } }),
  'sheet privacy': () => sheet('privacy'),
  'sheet privacy confirming': () => ({ ...sheet('privacy'), press: [erase] }),
  'sheet privacy notSaved': () => ({ ...sheet('privacy', { fails: true }), press: [copy] }),
  'sheet privacy notErased': () => ({ ...sheet('privacy', { fails: true }), press: [erase, '.sure input', '.sure + .row button:last-child'] }),
  'sheet dryRun off': () => sheet('dryRun', { policy: { on: false } }),
};
