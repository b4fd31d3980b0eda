import { standingOf } from './standing';
import type { State } from './store';
import { words } from './words';

/** What Outlook's bar above the message says, or null when nothing is owed. */
export function bannerWords(state: State): string | null {
  const standing = standingOf(state);
  if (standing.kind === 'gate') {
    const { gate } = standing;
    if (gate.state === 'pending') return words.banner.calls(gate.callsRemaining);
    return gate.state === 'earned' ? words.banner.earned : null;
  }
  return standing.kind === 'free' && standing.senderKind === 'unknown' ? words.banner.unknown : null;
}
