import { Component } from 'preact';
import { ApiError } from '../../api';
import type { LaterEnds } from '../../pane';
import { ticketKey } from '../../ticket';
import { words } from '../../words';
import { rehearsalKey } from '../actions';
import type { SheetProps } from '../DryRunSheet';
import { saveFile } from '../saveFile';
import { Sheet } from '../Sheet';
import { laterWords } from '../words';
import { privacyWords } from './words';

type Copy = 'none' | 'asking' | 'saved' | { failed: string };
type Erasing = 'no' | 'confirming' | 'asking' | { failed: string };

interface Held { copy: Copy; erasing: Erasing; isSure: boolean }

/** A year of everything, and more rows to erase than go at once. */
const patienceMilliseconds = 60_000;
const accepts = { json: 'application/json', csv: 'application/zip' };
const endings = { json: 'json', csv: 'zip' };

/** What is kept about the rep: to take along, or to be gone. */
export class PrivacySheet extends Component<SheetProps & { ends: LaterEnds }, Held> {
  override state: Held = { copy: 'none', erasing: 'no', isSure: false };

  override render() {
    return (
      <Sheet title={laterWords.privacy.title} opened={() => {}} closed={() => this.props.open(null)}>
        {this.copy()}
        {this.erase()}
      </Sheet>
    );
  }

  private copy() {
    const { copy, erasing } = this.state;
    const isBusy = copy === 'asking' || erasing === 'asking';
    return (
      <section class="own-data" aria-labelledby="copy-title">
        <h3 id="copy-title">{privacyWords.exportTitle}</h3>
        <p>{privacyWords.exportText}</p>
        <div class="row">
          <button type="button" class="secondary" disabled={isBusy} onClick={() => void this.save('json')}>{privacyWords.json}</button>
          <button type="button" class="secondary" disabled={isBusy} onClick={() => void this.save('csv')}>{privacyWords.csv}</button>
        </div>
        <p class="quiet" role="status">{copy === 'saved' ? privacyWords.saved : copy === 'asking' ? words.link.loading : ''}</p>
        {typeof copy === 'object' && <p role="alert">{privacyWords.exportFailed} <span class="quiet">{copy.failed}</span></p>}
      </section>
    );
  }

  private erase() {
    const { erasing, isSure } = this.state;
    if (erasing === 'no') {
      return (
        <section class="own-data" aria-labelledby="erase-title">
          <h3 id="erase-title">{privacyWords.eraseTitle}</h3>
          <p>{privacyWords.eraseText}</p>
          <button type="button" class="secondary" onClick={() => this.setState({ erasing: 'confirming', isSure: false })}>{privacyWords.erase}</button>
        </section>
      );
    }
    const isAsking = erasing === 'asking';
    return (
      <section class="own-data" aria-labelledby="erase-title">
        <h3 id="erase-title">{privacyWords.confirm}</h3>
        <ul>{privacyWords.happens.map((one) => <li key={one}>{one}</li>)}</ul>
        <label class="sure">
          <input type="checkbox" checked={isSure} disabled={isAsking} onChange={(event) => this.setState({ isSure: (event.currentTarget as HTMLInputElement).checked })} />
          <span>{privacyWords.sure}</span>
        </label>
        <div class="row">
          <button type="button" class="secondary" disabled={isAsking} onClick={() => this.setState({ erasing: 'no' })}>{privacyWords.keep}</button>
          <button type="button" class="secondary" disabled={!isSure || isAsking} onClick={() => void this.eraseAll()}>{privacyWords.eraseNow}</button>
        </div>
        <p class="quiet" role="status">{isAsking ? privacyWords.erasing : ''}</p>
        {typeof erasing === 'object' && <p role="alert">{privacyWords.eraseFailed} <span class="quiet">{erasing.failed}</span></p>}
      </section>
    );
  }

  private async save(format: keyof typeof accepts) {
    this.setState({ copy: 'asking' });
    try {
      const answer = await this.props.ends.api.call('GET', `/api/rep/export?format=${format}`, undefined, { accept: accepts[format], patience: patienceMilliseconds });
      saveFile(await answer.blob(), `inboxgate.${endings[format]}`);
      this.setState({ copy: 'saved' });
    } catch (error) {
      this.setState({ copy: { failed: this.saidOf(error) } });
    }
  }

  private async eraseAll() {
    const { ends } = this.props;
    this.setState({ erasing: 'asking' });
    try {
      const { done, marksRemoved } = (await ends.api.ask('DELETE', '/api/rep', undefined, patienceMilliseconds)) as { done?: unknown; marksRemoved?: unknown };
      await forgetHere(ends);
      // A board would begin anew: that is the rep's to decide, on the first screen.
      await ends.signOut();
      const said = done === true ? privacyWords.erased : privacyWords.beingErased;
      ends.store.patch({ problem: done === true && marksRemoved === false ? `${said} ${privacyWords.marksLeft}` : said });
    } catch (error) {
      this.setState({ erasing: { failed: this.saidOf(error) } });
    }
  }

  private saidOf(error: unknown): string {
    if (error instanceof ApiError && error.failure === 'signedOut') this.props.ends.failed(error);
    return error instanceof Error ? error.message : String(error);
  }
}

/** What lies in this browser and in Outlook's roaming settings. Clicks that wait would be the first of a new beginning. */
async function forgetHere({ kept, settings }: LaterEnds) {
  kept.keys('').forEach((key) => kept.remove(key));
  // The outbox of this pane reads anew what is kept when any of it has changed.
  window.dispatchEvent(new StorageEvent('storage', { key: null }));
  await Promise.all([settings.set(ticketKey, null), settings.set(rehearsalKey, null)]);
}
