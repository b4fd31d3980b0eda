// Every state the pane can show, by name. The gallery draws each of them for the tests: one that is missing there does
// not compile, and what grows here by itself (a new standing, a new sheet) is missing there at once.
import type { SignInTrouble } from './auth';
import type { GateState } from './board';
import type { NextCallsState } from './later/next/next';
import type { Reward } from './later/reached';
import type { Sheet } from './later/state';
import type { LaterWords } from './later/words/en';
import type { Standing } from './standing';
import type { State } from './store';
import type { Words } from './words';

export type PaneStateName =
  | `link ${State['link']}`
  | `link ${'offline' | 'error' | 'signedOut' | 'loading'} with a kept board`
  | `sign-in ${SignInTrouble}`
  | `standing ${Exclude<Standing['kind'], 'gate' | 'free' | 'reply'>}`
  | 'standing notInOutlook'
  | `gate ${GateState}`
  | `reply ${'pending' | 'earned' | 'free'}`
  | `free ${keyof Words['free']}`
  | `gate off ${keyof Words['gateOff']}`
  | `mailbox ${keyof LaterWords['problem'] | 'throttled' | 'catchingUp' | 'catchingUpUnknown' | 'assumed' | 'delegated'}`
  | `step ${'offHours' | 'gate' | 'checkpoint' | 'emails' | 'goal' | 'done' | 'noGoal' | 'dayOff'}`
  | `outbox ${'waiting' | 'old' | 'refused'}`
  | `calls ${'made' | 'several' | 'outcomes'}`
  | `waiver ${'open' | 'usedUp' | 'refused'}`
  | `correct ${'open' | 'made' | 'refused'}`
  | `waiting ${'none' | 'some' | 'many'}`
  | `next ${NextCallsState}`
  | `day ${'before' | 'ahead' | 'behind' | 'units' | 'over'}`
  | `behind ${'offered' | 'beyond' | 'closesAnyway' | 'made' | 'kept' | 'refused'}`
  | `target ${'reachable' | 'beyond' | 'done'}`
  | `reward ${Reward['kind'] | 'earnedMany' | 'all'}`
  | `card ${'firstRun' | 'rehearsal' | 'pin'}`
  | `sheet ${Sheet}`
  | `sheet plan ${'asking' | 'failed' | 'short' | 'refused' | 'days' | 'manyPieces' | 'nothingAsked'}`
  | `sheet prospects ${'asking' | 'failed' | 'none' | 'editing' | 'adding' | 'removed' | 'contacts' | 'contacts left' | 'contacts denied' | 'import' | 'preview' | 'importing' | 'imported'}`
  | `sheet settings ${'asking' | 'failed' | 'paused' | 'marks'}`
  | `sheet privacy ${'confirming' | 'notSaved' | 'notErased'}`
  | `sheet history ${'asking' | 'failed' | 'nothingYet' | 'noGoals'}`
  | `sheet dryRun ${'asking' | 'failed' | 'noMail' | 'noneHeld' | 'corrected' | 'off'}`;
