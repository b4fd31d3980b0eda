// Looking back has a script of its own, with its own words: both are fetched when it is first opened.
import type { FunctionComponent } from 'preact';
import type { LaterEnds } from '../../pane';
import { speakToo } from '../../words';
import type { SheetProps } from '../DryRunSheet';
import type * as Looking from './index';

let looking: typeof Looking | null = null;

export async function fetchHistory(ends: LaterEnds): Promise<FunctionComponent<SheetProps>> {
  if (!looking) {
    const loaded = await import('./index');
    await speakToo(loaded.speakHistory);
    looking = loaded;
  }
  const { HistorySheet } = looking;
  return (props) => <HistorySheet {...props} ends={ends} />;
}
