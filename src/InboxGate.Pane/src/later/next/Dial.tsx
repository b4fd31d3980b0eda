import type { ComponentChildren } from 'preact';
import type { Actions } from '../../pane';
import { laterWords } from '../words';
import { callingActions, nameOf, type ToCall } from './next';

interface DialProps { call: ToCall; actions: Actions; class: string; label?: string; children: ComponentChildren }

/** A link that dials. The device or Teams makes the call; here is asked afterwards how it went. */
export function Dial({ call, actions, class: kind, label, children }: DialProps) {
  // A number is dialled in place; a page would take the pane's.
  const elsewhere = call.dial.startsWith('https:') ? { target: '_blank', rel: 'noopener noreferrer' } : {};
  return (
    <a class={kind} href={call.dial} {...elsewhere} aria-label={label ?? laterWords.next.call(nameOf(call))} onClick={() => callingActions(actions).dialled(call)}>
      {children}
    </a>
  );
}
