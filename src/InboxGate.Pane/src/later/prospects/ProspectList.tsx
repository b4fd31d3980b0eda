import { Component } from 'preact';
import { saveFile } from '../saveFile';
import { EntryForm } from './EntryForm';
import {
  askJson, detailsOf, entryPath, kinds, readChanged, readPage, saidOf, statementOf, titleOf, type Entry, type ListEnds, type Page, type Statement,
} from './prospects';
import { kindName, named, prospectWords } from './words';

interface Listing {
  text: string;
  kind: string;
  /** The team's and the company's entries too. */
  isWide: boolean;
  page: Page | null;
  asking: boolean;
  failed: string | null;
  /** The entry that is being changed; empty while one is added. */
  editing: string | null;
  refused: string | null;
  done: { said: string; undo: (() => Promise<void>) | null } | null;
}

/** Whoever types waits for what was typed to rest. */
const restsMilliseconds = 200;
const patienceMilliseconds = 60_000;

/** All entries of a list: found while one types, changed in place, taken off and back. */
export class ProspectList extends Component<{ ends: ListEnds; fill(): void }, Listing> {
  override state: Listing = { text: '', kind: '', isWide: false, page: null, asking: false, failed: null, editing: null, refused: null, done: null };

  private resting: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  override componentDidMount() {
    void this.ask();
  }

  override componentWillUnmount() {
    clearTimeout(this.resting);
    this.asked = -1;
  }

  override render() {
    const { text, kind, isWide, page, asking, failed, editing, refused, done } = this.state;
    const isNarrowed = text.trim() !== '' || kind !== '';
    return (
      <>
        <form class="find" role="search" onSubmit={(event) => event.preventDefault()}>
          <label>
            <span class="spoken">{prospectWords.search}</span>
            <input type="search" maxLength={200} autocomplete="off" spellcheck={false} placeholder={prospectWords.search} value={text} onInput={this.type} />
          </label>
          <label>
            <span class="spoken">{prospectWords.kind}</span>
            <select value={kind} onChange={(event) => this.narrow({ kind: (event.currentTarget as HTMLSelectElement).value })}>
              <option value="">{prospectWords.allKinds}</option>
              {kinds.map((one) => <option key={one} value={one}>{kindName(one)}</option>)}
            </select>
          </label>
          {this.props.ends.hasWider && (
            <label class="check">
              <input type="checkbox" checked={isWide} onChange={(event) => this.narrow({ isWide: (event.currentTarget as HTMLInputElement).checked })} /> {prospectWords.wider}
            </label>
          )}
        </form>
        {failed !== null && (
          <div class="strip" role="alert">
            <p>{prospectWords.failed} <span class="quiet">{failed}</span></p>
            <button type="button" class="secondary" onClick={() => void this.ask()}>{prospectWords.tryAgain}</button>
          </div>
        )}
        <p class="quiet" role="status">
          {asking && !page && prospectWords.asking}
          {page && (page.total > 0 ? prospectWords.total(page.total) : isNarrowed ? prospectWords.noneFound : prospectWords.none)}
        </p>
        {page?.total === 0 && !isNarrowed && <button type="button" class="primary" onClick={this.props.fill}>{prospectWords.import.title}</button>}
        <div class="row done-note" role="status">
          {done && <span>{done.said}</span>}
          {done?.undo && <button type="button" class="link" onClick={() => void this.act(done.undo!)}>{prospectWords.undo}</button>}
        </div>
        {page && (
          <ul class="entries" aria-label={prospectWords.list}>
            {page.entries.map((one) => (
              <li key={`${one.scope} ${one.entry}`}>
                {isShared(one, this.props.ends) ? (
                  <div class="entry"><Facts entry={one} /></div>
                ) : editing === one.entry ? (
                  <EntryForm entry={one} refused={refused} save={(said) => void this.save(one, said)} remove={() => void this.remove(one)} close={() => this.edit(null)} />
                ) : (
                  <button type="button" class="entry" onClick={() => this.edit(one.entry)}><Facts entry={one} /></button>
                )}
              </li>
            ))}
          </ul>
        )}
        {page?.next && <button type="button" class="secondary" disabled={asking} onClick={() => void this.ask(page)}>{prospectWords.more}</button>}
        {page && (
          <div class="row">
            {editing === '' ? (
              <EntryForm entry={null} refused={refused} save={(said, key) => void this.add(key, said)} close={() => this.edit(null)} />
            ) : (
              <button type="button" class="link" onClick={() => this.edit('')}>{prospectWords.add}</button>
            )}
            {page.total > 0 && <button type="button" class="link" onClick={() => void this.saveCsv()}>{prospectWords.csv}</button>}
          </div>
        )}
      </>
    );
  }

  private type = (event: Event) => {
    this.setState({ text: (event.currentTarget as HTMLInputElement).value });
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.ask(), restsMilliseconds);
  };

  private narrow(change: Partial<Pick<Listing, 'kind' | 'isWide'>>) {
    this.setState(change, () => void this.ask());
  }

  private edit = (editing: string | null) => this.setState({ editing, refused: null });

  /** Only the newest question's answer counts; what is shown stays until it is there. */
  private async ask(before: Page | null = null) {
    clearTimeout(this.resting);
    const mine = (this.asked += 1);
    const { text, kind, isWide } = this.state;
    const query = new URLSearchParams();
    if (text.trim()) query.set('search', text.trim());
    if (kind) query.set('kind', kind);
    if (isWide) query.set('scope', 'all');
    if (before?.next) query.set('after', before.next);
    this.setState({ asking: true, failed: null });
    try {
      const page = readPage(await askJson(this.props.ends, 'GET', `${this.props.ends.base}?${query}`));
      if (mine !== this.asked) return;
      this.setState({ asking: false, page: before ? { ...page, entries: [...before.entries, ...page.entries] } : page });
    } catch (error) {
      if (mine === this.asked) this.setState({ asking: false, failed: saidOf(this.props.ends, error) });
    }
  }

  private put = async (key: string, said: Statement) => readChanged(await askJson(this.props.ends, 'PUT', entryPath(this.props.ends.base, key), said)).entry;
  private take = async (key: string) => readChanged(await askJson(this.props.ends, 'DELETE', entryPath(this.props.ends.base, key))).was;

  private save(before: Entry, said: Statement) {
    return this.act(async () => {
      const saved = await this.put(before.entry, said);
      // In its place, wherever its new name would stand: the next search puts it there.
      if (saved) this.replace(before.entry, saved);
      this.setState({ editing: null, done: { said: prospectWords.saved(titleOf(saved ?? before)), undo: async () => {
        const back = await this.put(before.entry, statementOf(before));
        if (back) this.replace(before.entry, back);
        this.setState({ done: null });
      } } });
    });
  }

  private add(key: string, said: Statement) {
    return this.act(async () => {
      const added = await this.put(key, said);
      this.setState({ editing: null, done: { said: prospectWords.saved(added ? titleOf(added) : key), undo: null } });
      await this.ask();
    });
  }

  private remove(one: Entry) {
    return this.act(async () => {
      const was = (await this.take(one.entry)) ?? one;
      const page = this.state.page!;
      this.setState({
        editing: null,
        page: { ...page, entries: page.entries.filter((each) => each !== one), total: page.total - 1 },
        done: { said: prospectWords.removed(titleOf(one)), undo: async () => {
          await this.put(was.entry, statementOf(was));
          this.setState({ done: null });
          await this.ask();
        } },
      });
    });
  }

  private replace(key: string, next: Entry) {
    const page = this.state.page!;
    this.setState({ page: { ...page, entries: page.entries.map((one) => (one.entry === key && one.scope === next.scope ? next : one)) } });
  }

  private async act(work: () => Promise<void>) {
    this.setState({ refused: null, done: null, failed: null });
    try {
      await work();
    } catch (error) {
      const said = saidOf(this.props.ends, error);
      this.setState(this.state.editing === null ? { failed: said } : { refused: said });
      return;
    }
    this.props.ends.changed();
  }

  private async saveCsv() {
    this.setState({ failed: null, done: null });
    try {
      const answer = await this.props.ends.call('GET', `${this.props.ends.base}/export`, undefined, { patience: patienceMilliseconds });
      saveFile(await answer.blob(), 'inboxgate-prospects.csv');
      this.setState({ done: { said: prospectWords.csvSaved, undo: null } });
    } catch (error) {
      this.setState({ failed: saidOf(this.props.ends, error) });
    }
  }
}

/** Somebody else's word: to be seen here, and changed where it was said. */
const isShared = ({ scope }: Entry, { hasWider }: ListEnds) => hasWider && scope !== 'rep';

function Facts({ entry }: { entry: Entry }) {
  const { kind, source, usedOn, doNotCall, scope } = entry;
  const whose = named(prospectWords.scopes, scope);
  return (
    <>
      <span class="who">
        <b>{titleOf(entry)}</b>
        {detailsOf(entry).map((each) => <span key={each} class="quiet">{each}</span>)}
      </span>
      <span class="facts">
        <span class="tag">{kindName(kind)}</span>
        {doNotCall && <span class="tag">{prospectWords.doNotCall}</span>}
        {whose && <span class="tag">{whose}</span>}
        <span class="quiet">{named(prospectWords.sources, source) ?? source}</span>
        {/* Of a shared list it is not told: it would say who wrote to somebody. */}
        {scope === 'rep' && <span class="quiet">{usedOn ? prospectWords.used(usedOn) : prospectWords.neverUsed}</span>}
      </span>
    </>
  );
}
