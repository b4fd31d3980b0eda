// The rep's picture as the server draws it, and the checks for it. Nothing in it needs a rule to be shown.

export interface Board {
  revision: number;
  asOf: string;
  nextChangeAt: string | null;
  gate: { on: boolean; why: string | null };
  today: { date: string; timeZone: string; working: boolean; startsAt: string | null; endsAt: string | null };
  counts: Counts;
  goals: { calls: number; emails: number; meetings: number };
  checkpoints: Checkpoint[];
  nextStep: NextStep;
  gates: Gate[];
  waivers: { today: number; emergencyLeft: number };
  targets: Target[];
  streak: number;
  mailbox: Mailbox;
  /** Read by the part that shows it (later/plan/wayBack.ts). */
  wayBack: unknown;
}

/** What the server knows of the rep's mailbox. */
export interface Mailbox {
  /** `delegated`: read when the pane is opened, so that counts may lag. */
  access: string;
  /** The code of what keeps it from being read, or of what slows that down. */
  problem: string | null;
  catchUp: { read: number; of: number | null } | null;
  /** What stands on defaults: `timeZone`, `workingHours`, `manager`, `domains`. */
  assumed: string[];
  /** What the next sign-in must ask for. */
  claims: string | null;
  /** `off`, `on`, or the code of what keeps mail from being marked. */
  marks: string;
}

export interface Counts { calls: number; emails: number; meetings: number; verifiedCalls: number }
export interface Checkpoint { key: string; name: string; at: string; unit: string; due: number; state: string }
export interface NextStep { kind: string; unit: string | null; amount: number; by: string | null }
export interface Person { name: string | null; address: string | null }

export interface Gate {
  id: string;
  internetMessageId: string | null;
  conversationId: string | null;
  from: Person | null;
  subject: string | null;
  senderKind: string;
  reason: string | null;
  match: string | null;
  because: string | null;
  openedAt: string;
  callsRequired: number;
  callsRemaining: number;
  state: GateState;
  earnedAt: string | null;
}

export const gateStates = ['pending', 'earned', 'answered', 'waived', 'expired', 'released'] as const;
export type GateState = (typeof gateStates)[number];

export interface Target {
  unit: string;
  period: string;
  amount: number;
  from: string;
  done: number;
  left: number;
  workingDaysLeft: number;
  dayGoal: number;
  reachable: boolean;
}

export interface Verdict {
  senderKind: string;
  reason: string;
  match: string | null;
  because: string | null;
  gate: Gate | null;
  board: Board;
}

/** Boards are ordered by revision, then by the instant they were drawn for. */
export function isNewer(next: Board, current: Board | null): boolean {
  if (!current) return true;
  if (next.revision !== current.revision) return next.revision > current.revision;
  return Date.parse(next.asOf) >= Date.parse(current.asOf);
}

/** Data from outside that is not what it should be. */
export class UnexpectedData extends Error {}

export type Check<T> = (value: unknown, where: string) => T;

export const text: Check<string> = (value, where) => (typeof value === 'string' ? value : fail(where, 'text'));
export const yesNo: Check<boolean> = (value, where) => (typeof value === 'boolean' ? value : fail(where, 'true or false'));
export const whole: Check<number> = (value, where) => (Number.isSafeInteger(value) ? (value as number) : fail(where, 'a whole number'));
export const instant: Check<string> = (value, where) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : fail(where, 'an instant');

export const maybe = <T>(check: Check<T>): Check<T | null> => (value, where) =>
  value === null || value === undefined ? null : check(value, where);

export const list = <T>(check: Check<T>): Check<T[]> => (value, where) =>
  Array.isArray(value) ? value.map((item, at) => check(item, `${where}[${at}]`)) : fail(where, 'a list');

const oneOf = <T extends string>(allowed: readonly T[]): Check<T> => (value, where) =>
  allowed.includes(value as T) ? (value as T) : fail(where, allowed.join(' or '));

export const shape = <T extends object>(checks: { [K in keyof T]: Check<T[K]> }): Check<T> => (value, where) => {
  if (typeof value !== 'object' || value === null) return fail(where, 'an object');
  const known = value as Record<string, unknown>;
  const checked = {} as T;
  for (const key in checks) checked[key] = checks[key](known[key], `${where}.${key}`);
  return checked;
};

function fail(where: string, expected: string): never {
  throw new UnexpectedData(`${where} is not ${expected}.`);
}

export const person = shape<Person>({ name: maybe(text), address: maybe(text) });

const mailbox = maybe(
  shape<Mailbox>({
    access: text,
    problem: maybe(text),
    catchUp: maybe(shape<NonNullable<Mailbox['catchUp']>>({ read: whole, of: maybe(whole) })),
    assumed: list(text),
    claims: maybe(text),
    marks: text,
  }),
);
/** A server or a kept copy of before says nothing of the mailbox: then all is well. */
const wellMailbox: Mailbox = { access: 'application', problem: null, catchUp: null, assumed: [], claims: null, marks: 'off' };

const gate = shape<Gate>({
  id: text,
  internetMessageId: maybe(text),
  conversationId: maybe(text),
  from: maybe(person),
  subject: maybe(text),
  senderKind: text,
  reason: maybe(text),
  match: maybe(text),
  because: maybe(text),
  openedAt: instant,
  callsRequired: whole,
  callsRemaining: whole,
  state: oneOf(gateStates),
  earnedAt: maybe(instant),
});

const board = shape<Board>({
  revision: whole,
  asOf: instant,
  nextChangeAt: maybe(instant),
  gate: shape<Board['gate']>({ on: yesNo, why: maybe(text) }),
  today: shape<Board['today']>({
    date: text,
    timeZone: text,
    working: yesNo,
    startsAt: maybe(instant),
    endsAt: maybe(instant),
  }),
  counts: shape<Counts>({ calls: whole, emails: whole, meetings: whole, verifiedCalls: whole }),
  goals: shape<Board['goals']>({ calls: whole, emails: whole, meetings: whole }),
  checkpoints: list(
    shape<Checkpoint>({ key: text, name: text, at: instant, unit: text, due: whole, state: text }),
  ),
  nextStep: shape<NextStep>({ kind: text, unit: maybe(text), amount: whole, by: maybe(text) }),
  gates: list(gate),
  waivers: shape<Board['waivers']>({ today: whole, emergencyLeft: whole }),
  targets: list(
    shape<Target>({
      unit: text,
      period: text,
      amount: whole,
      from: text,
      done: whole,
      left: whole,
      workingDaysLeft: whole,
      dayGoal: whole,
      reachable: yesNo,
    }),
  ),
  streak: whole,
  mailbox: (value, where) => mailbox(value, where) ?? wellMailbox,
  wayBack: (value) => value,
});

const verdict = shape<Verdict>({
  senderKind: text,
  reason: text,
  match: maybe(text),
  because: maybe(text),
  gate: maybe(gate),
  board,
});

export const readBoard = (value: unknown): Board => board(value, 'board');
export const readVerdict = (value: unknown): Verdict => verdict(value, 'verdict');
export const readListedKind = (value: unknown): string => shape<{ kind: string }>({ kind: text })(value, 'entry').kind;
