// What the gate would have held, as the server tells it (DryRunController.cs), and in which order it is shown.
import { instant, list, maybe, person, shape, text, whole, yesNo, type Person } from '../board';
import type { Correction } from '../store';

export interface DryRun {
  from: string;
  to: string;
  mails: number;
  held: number;
  joined: number;
  passed: number;
  senders: DryRunSender[];
  truncated: boolean;
}

/** One for each sender and verdict. */
export interface DryRunSender {
  from: Person;
  senderKind: string;
  reason: string;
  match: string | null;
  because: string;
  mails: number;
  held: number;
  joined: number;
  callsRequired: number;
}

const dryRun = shape<DryRun>({
  from: instant,
  to: instant,
  mails: whole,
  held: whole,
  joined: whole,
  passed: whole,
  senders: list(
    shape<DryRunSender>({
      from: person,
      senderKind: text,
      reason: text,
      match: maybe(text),
      because: text,
      mails: whole,
      held: whole,
      joined: whole,
      callsRequired: whole,
    }),
  ),
  truncated: yesNo,
});

/** `before` is the answer shown until now: senders keep their places, so that a corrected one stays under the eye. */
export function readDryRun(value: unknown, before: DryRun | null): DryRun {
  const answer = dryRun(value, 'dryRun');
  const places = new Map(before?.senders.map(({ from }, at) => [addressOf(from), at]));
  const placeOf = ({ from }: DryRunSender) => places.get(addressOf(from)) ?? places.size;
  return { ...answer, senders: answer.senders.toSorted((one, other) => placeOf(one) - placeOf(other)) };
}

const addressOf = (from: Person) => from.address?.toLowerCase() ?? '';

/** The correction that the rep made for this sender, or for the company. */
export function correctionOf({ from }: DryRunSender, corrections: readonly Correction[]): Correction | null {
  const address = addressOf(from);
  return corrections.find(({ entry }) => concerns(entry, address)) ?? null;
}

export const concerns = (entry: string, address: string | null): boolean => {
  const [one, other] = [entry.toLowerCase(), address?.toLowerCase() ?? ''];
  return one === other || (!one.includes('@') && other.endsWith(`@${one}`));
};
