// Keeps Outlook's bar above the selected message in step with where its answer stands.
import type { Gate } from './board';
import type { Host } from './host';
import { standingOf } from './standing';
import type { State } from './store';
import { words } from './words';

/** What the bar says, null when nothing is owed, undefined while that is not known: then it is left as it is. */
export function bannerWords(state: State): string | null | undefined {
  const standing = standingOf(state);
  switch (standing.kind) {
    case 'none': case 'several': case 'newMail': case 'checking': case 'unchecked': return undefined;
    case 'gate': return gateWords(standing.gate);
    // The bar above a reply is the launch event's; it is only brought up to date.
    case 'reply': return standing.gate ? gateWords(standing.gate) : undefined;
    case 'free': return standing.senderKind === 'unknown' ? words.banner.unknown : null;
    default: return null;
  }
}

function gateWords({ state, callsRemaining }: Gate): string | null {
  if (state === 'pending') return words.banner.calls(callsRemaining);
  return state === 'earned' ? words.banner.earned : null;
}

export interface Banner {
  /** Another message is on screen, or, while nobody knows which, null. */
  about(itemKey: string | null): void;
  /** Follows the state of that message. Returns what the bar says from now on, if that is new. */
  follow(state: State): string | null;
}

/** `lost` is told when another message turns out to be selected than the one that Outlook last told of. */
export function createBanner(host: Pick<Host, 'banner' | 'itemKey'>, lost: () => void): Banner {
  let key: string | null = null;
  let said: string | null | undefined;

  return {
    about(itemKey) {
      key = itemKey;
      said = undefined;
    },
    follow(state) {
      if (key === null) return null;
      const text = bannerWords(state);
      if (text === undefined || text === said) return null;
      if (host.itemKey() !== key) {
        lost();
        return null;
      }
      said = text;
      void host.banner(key, text).then((there) => there || lost());
      return text;
    },
  };
}
