// What the parts that come later keep in the one store.
import type { Correction } from '../store';
import type { DryRun } from './dryRun';
import type { Policy } from './policy';
import type { Calling } from './next/next';
import type { Plan } from './plan/plan';
import type { Answered } from './plan/wayBack';
import type { Reward } from './reached';

export type Sheet = 'settings' | 'dryRun' | 'history' | 'plan' | 'prospects' | 'privacy';

export interface LaterState {
  /** What covers the pane. */
  sheet?: Sheet | null;
  /** The first-run card was used or put away in this pane. */
  firstRunOver?: boolean;
  /** What the last call reached. */
  rewards?: readonly Reward[];
  /** Changed whenever something kept outside the store has: what is drawn from it must be drawn again. */
  touched?: number;
  /** What the rep said to the way back that was offered. */
  answered?: Answered | null;
  /** Whom to call next. */
  calling?: Calling;
  /** The rep's own plan as it was drawn when its sheet was closed, not saved yet. */
  planDraft?: Plan | null;
  policy?: Asked<Policy>;
  /** The last change of the policy was taken. */
  saved?: boolean;
  /** Changes of the policy, one after the other: each sends back all that the one before left. */
  changing?: Promise<unknown>;
  dryRun?: Asked<DryRun>;
  /** Made in the dry run, kept for their undo. */
  corrections?: readonly Correction[];
  /** Why a correction in the dry run was not taken, and whose it was. */
  refused?: { entry: string; said: string } | null;
}

/** A question to the server: the last answer stays while it is asked again. */
export interface Asked<T> { asking: boolean; answer: T | null; failed: string | null }
