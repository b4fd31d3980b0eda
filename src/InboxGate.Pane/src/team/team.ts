// A manager's team as the server counts it, and the checks for it. Nothing in it needs a rule to be shown.
import { instant, list, maybe, shape, text, whole, yesNo } from '../board';

export const units = ['calls', 'emails', 'meetings'] as const;
export type Unit = (typeof units)[number];

export type Counts = Record<Unit, number>;

export interface TeamTarget {
  unit: string;
  period: string;
  /** As asked of a whole period. */
  amount: number;
  from: string;
  /** Of it in the (dated) period. */
  due: number;
  /** Today included. */
  done: number;
  /** What an even pace would have brought before today. */
  pace: number;
  workingDaysLeft: number;
  onTrack: boolean;
  reachable: boolean;
}

export interface TeamRep {
  rep: string;
  name: string | null;
  /** Their local day. */
  date: string;
  counts: Counts;
  goals: Counts;
  targets: TeamTarget[];
  /** With every target of theirs. */
  onTrack: boolean;
}

export interface Team {
  asOf: string;
  /** Whether single reps are shown; otherwise there are totals alone. */
  individual: boolean;
  size: number;
  /** Null while there are too few reps to hide in. */
  totals: { counts: Counts; goals: Counts; onTrack: number } | null;
  reps: TeamRep[];
}

const counts = shape<Counts>({ calls: whole, emails: whole, meetings: whole });

const team = shape<Team>({
  asOf: instant,
  individual: yesNo,
  size: whole,
  totals: maybe(shape<NonNullable<Team['totals']>>({ counts, goals: counts, onTrack: whole })),
  reps: list(
    shape<TeamRep>({
      rep: text,
      name: maybe(text),
      date: text,
      counts,
      goals: counts,
      targets: list(
        shape<TeamTarget>({
          unit: text, period: text, amount: whole, from: text, due: whole, done: whole, pace: whole,
          workingDaysLeft: whole, onTrack: yesNo, reachable: yesNo,
        }),
      ),
      onTrack: yesNo,
    }),
  ),
});

export const readTeam = (value: unknown): Team => team(value, 'team');

/** The next team, with the very same objects for reps of whom nothing changed: only the others are drawn again. */
export function keepingSame(next: Team, before: Team | null): Team {
  const known = new Map(before?.reps.map((rep) => [rep.rep, rep]));
  return {
    ...next,
    reps: next.reps.map((rep) => {
      const was = known.get(rep.rep);
      return was && JSON.stringify(was) === JSON.stringify(rep) ? was : rep;
    }),
  };
}

/** What is asked over more than a day: today's part of it stands in the counts. */
export const longTargets = ({ targets }: { targets: TeamTarget[] }): TeamTarget[] => targets.filter(({ period }) => period !== 'day');

/** What is asked of several reps together: of the same unit and period, summed. */
export function together(reps: TeamRep[]): TeamTarget[] {
  const sums = new Map<string, TeamTarget>();
  for (const target of reps.flatMap(longTargets)) {
    const key = `${target.unit} ${target.period}`;
    const sum = sums.get(key);
    sums.set(key, sum ? plus(sum, target) : target);
  }
  return [...sums.values()];
}

const plus = (one: TeamTarget, other: TeamTarget): TeamTarget => ({
  ...one,
  due: one.due + other.due,
  done: one.done + other.done,
  pace: one.pace + other.pace,
  onTrack: one.done + other.done >= one.pace + other.pace,
  // What single reps cannot reach stands with them; the others may make up for it.
  reachable: one.reachable || other.reachable,
});

export type Column = 'name' | Unit | 'target' | 'onTrack';
export interface Order { by: Column; down: boolean }

/** Reps with the same value stay as they were; those without one stand last either way. */
export function inOrder(reps: TeamRep[], { by, down }: Order, locale: string): TeamRep[] {
  const compared = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  if (by === 'name') return [...reps].sort((one, other) => (down ? -1 : 1) * compared.compare(one.name ?? '', other.name ?? ''));
  const valueOf = (rep: TeamRep) => valueIn(rep, by);
  return [...reps].sort((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return down ? b - a : a - b;
  });
}

function valueIn(rep: TeamRep, by: Exclude<Column, 'name'>): number | null {
  if (by === 'target') {
    const [first] = longTargets(rep);
    return first ? first.done / Math.max(1, first.due) : null;
  }
  if (by === 'onTrack') return rep.targets.length === 0 ? null : Number(rep.onTrack);
  return rep.counts[by];
}

/** Every word that was typed is somewhere in the name. */
export function named(reps: TeamRep[], search: string, locale: string): TeamRep[] {
  const typed = plain(search, locale).split(/\s+/).filter(Boolean);
  return typed.length === 0 ? reps : reps.filter(({ name }) => typed.every((part) => plain(name ?? '', locale).includes(part)));
}

/** "José" is found as "jose". */
const plain = (name: string, locale: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase(locale);
