// The list of prospects has a script of its own, with its own words: both are fetched when it is first opened.
import type { FunctionComponent } from 'preact';
import type { LaterEnds } from '../../pane';
import { speakToo } from '../../words';
import type { SheetProps } from '../DryRunSheet';
import type * as Listing from './index';

let listing: typeof Listing | null = null;

export async function fetchProspects(ends: LaterEnds): Promise<FunctionComponent<SheetProps>> {
  if (!listing) {
    const loaded = await import('./index');
    await Promise.all([speakToo(loaded.speakProspects), speakToo(loaded.speakContacts)]);
    listing = loaded;
  }
  const { ProspectsSheet } = listing;
  return (props) => <ProspectsSheet {...props} ends={ends} />;
}
