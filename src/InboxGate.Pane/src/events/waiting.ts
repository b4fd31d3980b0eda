// Keeps a click until the server has it, where there is local storage: in the outbox of the pane (../outbox.ts), which
// sends it with its id later, and in the list behind the pane's "Undo" (../undo.ts). Classic Outlook's scripts have none.
import type { Waiting } from '../outbox';

const prefix = 'inboxgate.';
const under = `${prefix}outbox.`;
const oldestMilliseconds = 7 * 24 * 60 * 60 * 1000;

/** Whether the click is kept. It counts as tried: only the server can say whether it arrived. */
export function keep(id: string, account: string | null): boolean {
  const click: Waiting = { id, act: 'log', clickedAt: Date.now(), account, tried: true, counted: false, refused: null };
  return write(under + id, click);
}

/** The server has it. An undo that the pane has put in its place meanwhile stays. */
export function settle(id: string) {
  const kept = read(under + id) as Waiting | null;
  if (kept && kept.act === 'log') attempt(() => localStorage.removeItem(under + id));
}

export function waitingCount(account: string | null): number {
  let count = 0;
  attempt(() => {
    for (let at = 0; at < localStorage.length; at++) {
      const key = String(localStorage.key(at));
      if (key.indexOf(under) === 0 && waits(read(key) as Waiting | null, account)) count++;
    }
  });
  return count;
}

function waits(click: Waiting | null, account: string | null): boolean {
  return !!click && click.act === 'log' && !click.refused && (click.account === account || click.account === null)
    && Date.now() - click.clickedAt <= oldestMilliseconds;
}

/** Lets the pane take it back today. */
export function addToMade(id: string, account: string | null) {
  const key = `${prefix}made.${account}`;
  const date = today(account);
  const made = read(key) as { date?: unknown; ids?: unknown } | null;
  let ids: unknown[] = [];
  if (made && made.date === date && Array.isArray(made.ids)) ids = made.ids;
  write(key, { date, ids: ids.concat(id) });
}

/** The rep's day: by the zone and the clock of the last board that the pane kept, else by this machine's. */
function today(account: string | null): string {
  const copy = read(`${prefix}board`) as KeptBoard | null;
  let now = Date.now();
  let timeZone: string | undefined;
  if (copy && copy.account === account && copy.board && copy.board.today) {
    const ahead = Date.parse(String(copy.board.asOf)) - Number(copy.at);
    if (Number.isFinite(ahead)) now += ahead;
    timeZone = copy.board.today.timeZone;
  }
  return dateIn(timeZone, now) || dateIn(undefined, now) || '';
}

interface KeptBoard { at?: unknown; account?: unknown; board?: { asOf?: unknown; today?: { timeZone?: string } } }

/** As "2026-11-24", which is how Canadians write it. */
function dateIn(timeZone: string | undefined, now: number): string | null {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as Intl.DateTimeFormatOptions).format(now);
  } catch (_error) {
    return null;
  }
}

function read(key: string): unknown {
  try {
    return JSON.parse(String(localStorage.getItem(key)));
  } catch (_error) {
    return null;
  }
}

function write(key: string, value: unknown): boolean {
  return attempt(() => localStorage.setItem(key, JSON.stringify(value)));
}

function attempt(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (_error) {
    return false;
  }
}
