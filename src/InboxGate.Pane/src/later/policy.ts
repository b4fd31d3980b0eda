// The policy in force for the rep, as PolicyController.cs tells it and takes it back.
import { instant, maybe, shape, text, whole, yesNo, type Check } from '../board';

export interface Policy {
  on: boolean;
  pausedUntil: string | null;
  callsRequired: Record<string, number>;
  counting: string;
  inferFromMyOutreach: boolean;
  managerIsVip: boolean;
  /** Null where the server cannot mark mail. */
  markMessages: boolean | null;
  /** What dials a prospect's number: `tel` or `teams`; null where the server has no numbers. */
  dialWith: string | null;
}

const numbers: Check<Record<string, number>> = (value, where) =>
  Object.fromEntries(Object.entries((value ?? {}) as object).map(([kind, calls]) => [kind, whole(calls, `${where}.${kind}`)]));

export const readPolicy = (value: unknown): Policy =>
  shape<Policy>({
    on: yesNo,
    pausedUntil: maybe(instant),
    callsRequired: numbers,
    counting: text,
    inferFromMyOutreach: yesNo,
    managerIsVip: yesNo,
    markMessages: maybe(yesNo),
    dialWith: maybe(text),
  })(value, 'policy');

/** A statement replaces the rep's one before it whole, so that goes back with the one thing that changes; the rest goes on following the team. */
export const statement = (own: unknown, change: Partial<Policy>): object => ({ ...(own as object | null), ...change });
