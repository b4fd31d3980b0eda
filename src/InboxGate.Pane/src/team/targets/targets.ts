// What is asked of a rep or of the team, as the server tells it and takes it (TargetsController.cs).
import { instant, list, maybe, shape, text, whole } from '../../board';

export const periods = ['day', 'week', 'month', 'quarter'] as const;

/** `from` is a local day, such as "2026-11-23". */
export interface Statement { unit: string; period: string; amount: number; from: string }

export interface InForce extends Statement { scope: string }

export interface By { id: string; name: string | null }

export interface Asked extends InForce {
  id: string;
  setAt: string;
  setBy: By;
  takenBack: { at: string; by: By } | null;
}

/** `history` has the newest first; that of a rep has the team's too. */
export interface Targets { inForce: InForce[]; history: Asked[] }

/** Day goals of one unit; null where single reps are nobody's to see. */
export interface DayGoals { total: number; least: number | null; most: number | null }

export interface Preview {
  reps: number;
  /** Of how many reps it is more than the days left can bring; null where so few would tell of each. */
  unreachable: number | null;
  days: { date: string; before: DayGoals; after: DayGoals }[];
}

const by = shape<By>({ id: text, name: maybe(text) });
const inForce = { unit: text, period: text, amount: whole, from: text, scope: text };
const dayGoals = shape<DayGoals>({ total: whole, least: maybe(whole), most: maybe(whole) });

const targets = shape<Targets>({
  inForce: list(shape<InForce>(inForce)),
  history: list(shape<Asked>({ ...inForce, id: text, setAt: instant, setBy: by, takenBack: maybe(shape<NonNullable<Asked['takenBack']>>({ at: instant, by })) })),
});

const preview = shape<Preview>({ reps: whole, unreachable: maybe(whole), days: list(shape<Preview['days'][number]>({ date: text, before: dayGoals, after: dayGoals })) });

export const readTargets = (value: unknown): Targets => targets(value, 'targets');
export const readPreview = (value: unknown): Preview => preview(value, 'preview');

export const isSame = (one: Statement, other: Statement) =>
  one.unit === other.unit && one.period === other.period && one.amount === other.amount && one.from === other.from;

export const statementOf = ({ unit, period, amount, from }: Statement): Statement => ({ unit, period, amount, from });
