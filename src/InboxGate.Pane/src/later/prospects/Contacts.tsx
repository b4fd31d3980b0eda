import { Component } from 'preact';
import { ApiError } from '../../api';
import { dateWords, kindWords, wordsOf } from '../../words';
import { laterWords } from '../words';
import { leavePath, mostSources, path, readContacts, readSources, type Choice, type ContactEnds, type Contacts as Known, type Source } from './contacts/contacts';
import { contactWords } from './contacts/words';

interface Standing {
  known: Known | null;
  /** Why they could not be asked for. */
  failed: string | null;
  /** Why the last change was not taken. */
  refused: string | null;
  /** What was let go last, for its undo. */
  left: Source | null;
  busy: boolean;
}

/** While the server reads, it is asked again this soon, and so often. */
const lookAgainMilliseconds = 2_000;
const mostLooks = 30;

/** What may be listed; a machine or a stranger may not. */
const kinds = ['prospect', 'customer', 'colleague', 'vip', 'other'];

/** Outlook contacts that fill the list: chosen by folder and category, and let go again. */
export class Contacts extends Component<{ ends: ContactEnds; timeZone: string | undefined }, Standing> {
  override state: Standing = { known: null, failed: null, refused: null, left: null, busy: false };

  private looking: ReturnType<typeof setTimeout> | undefined;
  private looks = 0;
  private isGone = false;

  override componentDidMount() {
    void this.read();
  }

  override componentWillUnmount() {
    this.isGone = true;
    clearTimeout(this.looking);
  }

  override render() {
    const { known, failed, refused, left } = this.state;
    return (
      <section class="contacts" aria-labelledby="contacts-title">
        <h3 id="contacts-title">{contactWords.title}</h3>
        <p class="quiet">{contactWords.explain}</p>
        {failed !== null && (
          <div class="strip" role="alert">
            <p>{contactWords.failed} <span class="quiet">{failed}</span></p>
            <button type="button" class="secondary" onClick={() => void this.read()}>{laterWords.tryAgain}</button>
          </div>
        )}
        {!known && failed === null && <p class="quiet" role="status">{laterWords.settings.asking}</p>}
        {known && known.sources.length > 0 && <ul class="entries">{known.sources.map((source) => this.source(source))}</ul>}
        <div role="status">
          {left && (
            <p>
              {contactWords.left(titleOf(left))}{' '}
              <button type="button" class="link" onClick={() => void this.choose(left)}>{contactWords.undo}</button>
            </p>
          )}
        </div>
        {known && this.ways(known)}
        {refused !== null && <p role="alert">{refused}</p>}
      </section>
    );
  }

  private source(source: Source) {
    const { readAt, reading, entries, problem } = source;
    const title = titleOf(source);
    return (
      <li key={`${source.folderId} ${source.category}`} class="source">
        <span class="who">
          <b>{title}</b>
          <span class="quiet">
            {[
              kindWords(source.kind),
              ...(readAt || entries > 0 ? [contactWords.people(entries)] : []),
              ...(reading && !problem ? [contactWords.reading] : readAt ? [contactWords.readAt(dateWords(readAt, this.props.timeZone))] : []),
            ].join(' · ')}
          </span>
          {problem && <span class="quiet">{problemWords(problem)}</span>}
        </span>
        <button type="button" class="secondary" aria-label={contactWords.leaveSpoken(title)} disabled={this.state.busy} onClick={() => void this.leave(source)}>
          {contactWords.leave}
        </button>
      </li>
    );
  }

  private ways(known: Known) {
    if (!known.available) return <p class="quiet">{problemWords(known.problem)}</p>;
    if (known.sources.length >= mostSources) return <p class="quiet">{contactWords.enough}</p>;
    return (
      <form class="entry-form" onSubmit={this.submit}>
        <label>{contactWords.folder} <select name="folderId">
          {known.folders.map(({ id, name }) => <option key={id} value={id}>{id === '' ? contactWords.usual : name}</option>)}
        </select></label>
        <label>{contactWords.category} <select name="category">
          <option value="">{contactWords.all}</option>
          {known.categories.map((category) => <option key={category} value={category}>{category}</option>)}
        </select></label>
        <label>{contactWords.kind} <select name="kind">
          {kinds.map((kind) => <option key={kind} value={kind}>{kindWords(kind)}</option>)}
        </select></label>
        <div class="row"><button type="submit" class="primary" disabled={this.state.busy}>{contactWords.choose}</button></div>
      </form>
    );
  }

  private submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const textIn = (name: string) => String(form.get(name) ?? '');
    void this.choose({ folderId: textIn('folderId'), category: textIn('category'), kind: textIn('kind') });
  };

  private async read() {
    this.setState({ failed: null });
    try {
      this.show(readContacts(await this.props.ends.ask('GET', path)));
    } catch (error) {
      this.say(error, (failed) => this.setState({ failed }));
    }
  }

  private choose({ folderId, category, kind }: Choice) {
    return this.change(async () => readSources(await this.props.ends.ask('PUT', path, { folderId, category, kind })), null);
  }

  private leave(source: Source) {
    return this.change(async () => readSources(await this.props.ends.ask('DELETE', leavePath(source))), source);
  }

  private async change(send: () => Promise<Source[]>, left: Source | null) {
    if (this.state.busy) return;
    this.setState({ busy: true, refused: null });
    try {
      const sources = await send();
      if (this.isGone) return;
      this.looks = 0;
      this.setState({ left });
      this.show({ ...this.state.known!, sources });
      this.props.ends.changed();
    } catch (error) {
      this.say(error, (refused) => this.setState({ refused }));
    } finally {
      this.setState({ busy: false });
    }
  }

  private show(known: Known) {
    if (this.isGone) return;
    const before = this.state.known;
    this.setState({ known });
    const reads = (of: Known | null) => of?.sources.some(({ reading, problem }) => reading && !problem) ?? false;
    if (reads(before) && !reads(known)) this.props.ends.changed();
    clearTimeout(this.looking);
    if (reads(known) && this.looks++ < mostLooks) this.looking = setTimeout(() => void this.read(), lookAgainMilliseconds);
  }

  /** In the reader's language where the server was not the one to speak. */
  private say(error: unknown, show: (said: string) => void) {
    if (this.isGone) return;
    if (error instanceof ApiError && error.failure === 'signedOut') this.props.ends.failed(error);
    show(error instanceof ApiError && error.failure === 'offline' ? contactWords.offline : error instanceof Error ? error.message : String(error));
  }
}

function titleOf({ folderId, folderName, category }: Source): string {
  const folder = folderId === '' ? contactWords.usual : folderName ?? contactWords.folder;
  return category === '' ? folder : contactWords.part(folder, category);
}

const problemWords = (problem: string | null): string => wordsOf(contactWords.problem, problem) ?? contactWords.problemOtherwise;
