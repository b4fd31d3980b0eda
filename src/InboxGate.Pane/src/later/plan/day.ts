// The day as a line: pure functions from what the server decided to places on it. No rule is repeated here.
import type { Checkpoint } from '../../board';

/** A piece of the day's line, between two checkpoints. Places are shares of the line, 0 to 1. */
export interface Piece {
  key: string;
  from: number;
  to: number;
  state: string;
  /** How much of it is done, 0 to 1. */
  filled: number;
}

/** Where an instant is on the line, 0 to 1; before and after the day, its ends. */
export function placeOf(instant: number, startsAt: string, endsAt: string): number {
  const [start, end] = [Date.parse(startsAt), Date.parse(endsAt)];
  return Math.min(1, Math.max(0, (instant - start) / Math.max(1, end - start)));
}

/** @param checkpoints Of one unit, earliest first. */
export function piecesOf(checkpoints: readonly Checkpoint[], done: number, startsAt: string, endsAt: string): Piece[] {
  return checkpoints.map(({ key, at, due, state }, nth) => {
    const before = checkpoints[nth - 1];
    // After a missed one the rest was cut again from what was done by then, which the board does not tell.
    const begun = before?.state === 'kept' ? before.due : 0;
    return {
      key,
      from: before ? placeOf(Date.parse(before.at), startsAt, endsAt) : 0,
      to: placeOf(Date.parse(at), startsAt, endsAt),
      state,
      filled: state === 'kept' ? 1 : state === 'next' ? Math.min(1, Math.max(0, (done - begun) / Math.max(1, due - begun))) : 0,
    };
  });
}
