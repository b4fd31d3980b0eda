// Builders: a test states only what it is about.
import { readBoard, type Board, type Gate, type Verdict } from '../src/board';
import type { Host, MessageFacts, OnScreen } from '../src/host';
import { createKept, type Kept } from '../src/kept';
import { emptyState, type State } from '../src/store';

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

  host(onScreen: OnScreen = { kind: 'none' }, account: string | null = 'sam@contoso.com') {
    let current = onScreen;
    let changed = () => {};
    const banners: (string | null)[] = [];
    const host: Host = {
      ready: Promise.resolve({ outlook: true, account }),
      itemKey: () => (current.kind === 'message' ? current.facts.itemId : null),
      onScreen: async () => current,
      onItemChanged: (tell) => void (changed = tell),
      banner: async (_key, text) => void banners.push(text),
      reply: () => {},
      onTheme: () => {},
    };
    return {
      host,
      banners,
      /** What the rep does; `quietly` without the event, as hosts sometimes do. */
      select(next: OnScreen, how: 'told' | 'quietly' = 'told') {
        current = next;
        if (how === 'told') changed();
      },
    };
  },
};

/** Lets everything that can already happen, happen. */
export async function settle() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
