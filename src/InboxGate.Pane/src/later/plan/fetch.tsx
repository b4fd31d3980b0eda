// The plan has a script of its own, with its own words: both are fetched when it is first opened.
import type { FunctionComponent } from 'preact';
import type { LaterEnds } from '../../pane';
import { speakToo } from '../../words';
import type { SheetProps } from '../DryRunSheet';
import type * as Planning from './index';

let planning: typeof Planning | null = null;

export async function fetchPlan(ends: LaterEnds): Promise<FunctionComponent<SheetProps>> {
  if (!planning) {
    const loaded = await import('./index');
    await speakToo(loaded.speakPlan);
    planning = loaded;
  }
  const { PlanSheet } = planning;
  return (props) => <PlanSheet {...props} ends={ends} />;
}
