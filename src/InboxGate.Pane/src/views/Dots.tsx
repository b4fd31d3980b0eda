import type { Gate } from '../board';
import { words } from '../words';

/** The calls an answer takes, as dots: made, on their way, still to make. */
export function Dots({ gate, ahead }: { gate: Pick<Gate, 'callsRequired' | 'callsRemaining'>; ahead: number }) {
  const made = gate.callsRequired - gate.callsRemaining;
  const underWay = Math.max(0, Math.min(ahead, gate.callsRemaining));
  // Beyond a dozen a row of dots says less than the number.
  if (gate.callsRequired > 12) return null;
  return (
    <span class="dots" role="img" aria-label={words.gate.dots(made, gate.callsRequired)}>
      {Array.from({ length: gate.callsRequired }, (_, at) => (
        <i key={at} class={at < made ? 'made' : at < made + underWay ? 'ahead' : ''} />
      ))}
    </span>
  );
}
