// The rep's own data has a script of its own, with its own words: both are fetched when it is first opened.
import type { FunctionComponent } from 'preact';
import type { LaterEnds } from '../../pane';
import { speakToo } from '../../words';
import type { SheetProps } from '../DryRunSheet';
import type * as Privacy from './index';

let privacy: typeof Privacy | null = null;

export async function fetchPrivacy(ends: LaterEnds): Promise<FunctionComponent<SheetProps>> {
  if (!privacy) {
    const loaded = await import('./index');
    await speakToo(loaded.speakPrivacy);
    privacy = loaded;
  }
  const { PrivacySheet } = privacy;
  return (props) => <PrivacySheet {...props} ends={ends} />;
}
