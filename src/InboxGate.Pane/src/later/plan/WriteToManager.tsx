import { Component } from 'preact';
import type { LaterEnds } from '../../pane';
import { laterWords } from '../words';
import { readPlan } from './plan';

export interface Mail { subject: string; lines: string[] }

interface WriteToManagerProps { ends: LaterEnds; label: string; mail(): Mail }

/** A mail to the manager, ready to be looked over and sent; a link for the mail program where Outlook opens no window. */
export class WriteToManager extends Component<WriteToManagerProps, { link: string | null; asking: boolean }> {
  override state = { link: null as string | null, asking: false };

  override render({ label }: WriteToManagerProps) {
    const { link, asking } = this.state;
    if (link) return <a class="write" href={link} target="_blank" rel="noopener">{laterWords.mail.openElsewhere}</a>;
    return <button type="button" class="secondary" disabled={asking} onClick={() => void this.write()}>{label}</button>;
  }

  private async write() {
    const { ends, mail } = this.props;
    const { subject, lines } = mail();
    this.setState({ asking: true });
    // Without an address the rep fills it in.
    const manager = await ends.api.ask('GET', '/api/plan').then((plan) => readPlan(plan).manager, () => null);
    const isOpen = await ends.newMessage({ to: manager ? [manager] : [], subject, htmlBody: asHtml(lines) });
    this.setState({ asking: false, link: isOpen ? null : asLink(manager, subject, lines) });
  }
}

const asHtml = (lines: readonly string[]) =>
  lines.map((line) => Object.assign(document.createElement('p'), { textContent: line }).outerHTML).join('');

/** RFC 6068: line breaks are CRLF. */
const asLink = (address: string | null, subject: string, lines: readonly string[]) =>
  `mailto:${encodeURIComponent(address ?? '').replace('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines.join('\r\n\r\n'))}`;
