import { Component } from 'preact';
import { found, isObject, objectsOf, textOf, textOrNull, type Asking } from './asking';
import { Section, type Acts } from './Section';
import type { Base } from './Settings';
import { settingsWords } from './words';

interface Entry { entry: string; kind: string }

/** What may be listed; a machine or a stranger may not. */
const listable = ['prospect', 'customer', 'colleague', 'vip', 'other'] as const;
const shownAtOnce = 50;

export class SenderList extends Component<{ api: Asking; base: Base }, { entries: Entry[]; next: string | null; lookedUp: string | null }> {
  override state = { entries: [] as Entry[], next: null as string | null, lookedUp: null as string | null };

  override render() {
    const said = settingsWords.senders;
    const { base } = this.props;
    const { entries, next, lookedUp } = this.state;
    return (
      <Section id={`senders-${base}`} title={said.title} explain={said.explain} load={() => this.load()}>
        {(acts) => (
          <>
            <form class="line-form" onSubmit={(event) => this.add(event, acts)}>
              <label>{said.entry} <input type="text" name="entry" required maxLength={254} autocomplete="off" spellcheck={false} /></label>
              <label>{said.kind} <select name="kind">{listable.map((kind) => <option key={kind} value={kind}>{settingsWords.kinds[kind]}</option>)}</select></label>
              <button type="submit" class="primary" disabled={acts.busy}>{settingsWords.add}</button>
            </form>
            <form class="line-form" role="search" onSubmit={(event) => this.lookUp(event, acts)}>
              <label>{said.search} <input type="search" name="entry" autocomplete="off" spellcheck={false} /></label>
              <button type="submit" class="secondary" disabled={acts.busy}>{said.look}</button>
              {lookedUp !== null && <button type="button" class="link" onClick={() => void acts.act(() => this.load())}>{said.all}</button>}
            </form>
            {entries.length === 0 && <p class="quiet">{lookedUp === null ? said.none : said.notListed(lookedUp)}</p>}
            <ul class="plain-list">
              {entries.map((one) => (
                <li key={one.entry}>
                  <span><b>{one.entry}</b> <span class="tag">{kindName(one.kind)}</span></span>
                  <button type="button" class="link" disabled={acts.busy} aria-label={settingsWords.removeNamed(one.entry)} onClick={() => this.remove(one, acts)}>{settingsWords.remove}</button>
                </li>
              ))}
            </ul>
            {next !== null && <button type="button" class="secondary" disabled={acts.busy} onClick={() => void acts.act(() => this.load(next))}>{settingsWords.more}</button>}
          </>
        )}
      </Section>
    );
  }

  private path = (entry: string) => `${this.props.base}/senders/${encodeURIComponent(entry)}`;

  private async load(after: string | null = null) {
    const answer = await this.props.api.ask('GET', `${this.props.base}/senders?take=${shownAtOnce}${after === null ? '' : `&after=${encodeURIComponent(after)}`}`);
    const read = objectsOf(answer, 'entries').map(({ entry, kind }) => ({ entry: textOf(entry), kind: textOf(kind) }));
    this.setState({ entries: after === null ? read : [...this.state.entries, ...read], next: isObject(answer) ? textOrNull(answer['next']) : null, lookedUp: null });
  }

  private async kindOf(entry: string): Promise<string | null> {
    const answer = await found(() => this.props.api.ask('GET', this.path(entry)));
    return isObject(answer) ? textOrNull(answer['kind']) : null;
  }

  private async put(entry: string, kind: string | null) {
    if (kind === null) await this.props.api.ask('DELETE', this.path(entry));
    else await this.props.api.ask('PUT', this.path(entry), { kind });
    await this.load();
  }

  private async add(event: Event, { act }: Acts) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const [entry, kind] = [String(new FormData(form).get('entry')).trim(), String(new FormData(form).get('kind'))];
    let before: string | null = null;
    const work = async () => {
      before = await this.kindOf(entry);
      await this.put(entry, kind);
    };
    if (await act(work, settingsWords.senders.added(entry, kindName(kind)), () => this.put(entry, before))) form.reset();
  }

  private remove({ entry, kind }: Entry, { act }: Acts) {
    void act(() => this.put(entry, null), settingsWords.removed(entry), () => this.put(entry, kind));
  }

  private lookUp(event: Event, { act }: Acts) {
    event.preventDefault();
    const entry = String(new FormData(event.currentTarget as HTMLFormElement).get('entry')).trim();
    void act(async () => {
      if (entry === '') return this.load();
      const kind = await this.kindOf(entry);
      this.setState({ entries: kind === null ? [] : [{ entry, kind }], next: null, lookedUp: entry });
    });
  }
}

const kindName = (kind: string): string => (settingsWords.kinds as Record<string, string>)[kind] ?? kind;
