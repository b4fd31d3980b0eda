// What a plan would come to, as PlanPreview.cs tells it.
import { list, shape, text, whole, yesNo, type Board } from '../../board';
import type { Day } from './checkpoints';
import type { CheckpointPlan } from './plan';

export interface PlanSum {
  unit: string;
  period: string;
  asked: number;
  /** The period's last day. */
  until: string;
  done: number;
  /** Of `perDay`, what each checkpoint asks on top of the one before; none for meetings. */
  pieces: number[];
  perDay: number;
  wholeDays: number;
  halfDays: number;
  total: number;
  reaches: boolean;
  /** This target decides the unit's day goal. */
  ruling: boolean;
}

type Goals = Board['goals'];

export interface Preview {
  /** The local day from which checkpoints and margin would count. */
  countsFrom: string;
  day: Day;
  checkpoints: (CheckpointPlan & { key: string })[];
  today: { before: Goals; after: Goals };
  sums: PlanSum[];
}

const goals = shape<Goals>({ calls: whole, emails: whole, meetings: whole });

export const readPreview = (value: unknown): Preview =>
  shape<Preview>({
    countsFrom: text,
    day: shape<Day>({ start: text, end: text }),
    checkpoints: list(shape<CheckpointPlan & { key: string }>({ key: text, time: text, share: whole })),
    today: shape<Preview['today']>({ before: goals, after: goals }),
    sums: list(
      shape<PlanSum>({
        unit: text, period: text, asked: whole, until: text, done: whole, pieces: list(whole), perDay: whole, wholeDays: whole, halfDays: whole,
        total: whole, reaches: yesNo, ruling: yesNo,
      }),
    ),
  })(value, 'preview');
