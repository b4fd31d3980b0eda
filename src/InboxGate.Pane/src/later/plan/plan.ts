// The rep's own plan, as PlanController.cs tells it and takes it back.
import { list, maybe, shape, text, whole } from '../../board';

/** `time` is local, as "09:00"; `share` is percent of the day's goal due by then, cumulative. */
export interface CheckpointPlan { time: string; share: number }

export interface Plan {
  /** Null means the usual ones of the working day. */
  checkpoints: CheckpointPlan[] | null;
  /** Percent on top of what was asked, 0 to 20; the rep's own. */
  margin: number;
  daysOff: string[];
  halfDays: string[];
  /** The last day on which no goal asks for more than a normal day; null makes up for what is behind. */
  keepsPaceUntil: string | null;
  /** The local day from which checkpoints and margin count; null while the rep has said nothing. */
  countsFrom: string | null;
  /** The manager's address, where the directory names one. */
  manager: string | null;
}

export const readPlan = (value: unknown): Plan =>
  shape<Plan>({
    checkpoints: maybe(list(shape<CheckpointPlan>({ time: text, share: whole }))),
    margin: whole,
    daysOff: list(text),
    halfDays: list(text),
    keepsPaceUntil: maybe(text),
    countsFrom: maybe(text),
    manager: maybe(text),
  })(value, 'plan');

/** A plan is replaced whole: what is not changed goes back as it is. */
export const statementOf = ({ checkpoints, margin, daysOff, halfDays, keepsPaceUntil }: Plan) =>
  ({ checkpoints, margin, daysOff, halfDays, keepsPaceUntil });
