import { Component } from 'preact';
import { isObject, objectsOf, textOf, type Asking } from './asking';
import { Section, type Acts } from './Section';
import type { Base } from './Settings';
import { language, settingsWords } from './words';

interface Holiday { date: string; name: string }
interface Import { file: File; added: Holiday[]; known: Holiday[]; passedOver: { name: string; why: string }[] }

export class Holidays extends Component<{ api: Asking; base: Base }, { holidays: Holiday[]; preview: Import | null; over: boolean }> {
  override state = { holidays: [] as Holiday[], preview: null as Import | null, over: false };

  override render() {
    const said = settingsWords.holidays;
    const { base } = this.props;
    const { holidays, preview, over } = this.state;
    const years = [...new Set(holidays.map(({ date }) => date.slice(0, 4)))];
    return (
      <Section id={`holidays-${base}`} title={said.title} explain={said.explain} load={() => this.load()}>
        {(acts) => (
          <>
            <form class="line-form" onSubmit={(event) => this.add(event, acts)}>
              <label>{said.date} <input type="date" name="date" required /></label>
              <label>{said.name} <input type="text" name="name" required maxLength={200} autocomplete="off" /></label>
              <button type="submit" class="primary" disabled={acts.busy}>{settingsWords.add}</button>
            </form>
            <label
              class={over ? 'drop over' : 'drop'}
              onDragOver={(event) => { event.preventDefault(); this.setState({ over: true }); }}
              onDragLeave={() => this.setState({ over: false })}
              onDrop={(event) => { event.preventDefault(); this.setState({ over: false }); this.look(event.dataTransfer?.files[0], acts); }}
            >
              <span>{said.drop}</span>
              <input type="file" accept=".ics,text/calendar" onChange={(event) => this.chosen(event.currentTarget as HTMLInputElement, acts)} />
            </label>
            {preview && (
              <div class="preview" role="group" aria-label={said.preview(preview.file.name)}>
                <h3>{said.preview(preview.file.name)}</h3>
                {this.part(said.willAdd(preview.added.length), preview.added.map(nameOf))}
                {preview.known.length > 0 && this.part(said.known(preview.known.length), preview.known.map(nameOf))}
                {preview.passedOver.length > 0 && this.part(said.passedOver(preview.passedOver.length), preview.passedOver.map(({ name, why }) => `${name}: ${why}`))}
                <div class="row-of">
                  <button type="button" class="primary" disabled={acts.busy || preview.added.length === 0} onClick={() => this.confirm(preview, acts)}>{said.confirm}</button>
                  <button type="button" class="secondary" onClick={() => this.setState({ preview: null })}>{settingsWords.cancel}</button>
                </div>
              </div>
            )}
            {holidays.length === 0 && <p class="quiet">{said.none}</p>}
            {years.map((year) => (
              <div key={year}>
                <h3>{year}</h3>
                <ul class="plain-list">
                  {holidays.filter(({ date }) => date.startsWith(year)).map((one) => (
                    <li key={one.date}>
                      <span><b>{dayWords(one.date)}</b> {one.name}</span>
                      <button type="button" class="link" disabled={acts.busy} aria-label={settingsWords.removeNamed(nameOf(one))} onClick={() => this.remove(one, acts)}>{settingsWords.remove}</button>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </>
        )}
      </Section>
    );
  }

  private part(title: string, lines: string[]) {
    return (
      <details open={lines.length <= 12}>
        <summary>{title}</summary>
        <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
      </details>
    );
  }

  private path = (date = '') => `${this.props.base}/holidays${date && `/${date}`}`;

  private async load() {
    const read = holidaysOf(await this.props.api.ask('GET', this.path()), 'holidays');
    this.setState({ holidays: read.sort((one, other) => one.date.localeCompare(other.date)) });
  }

  private async put({ date, name }: Holiday) {
    await this.props.api.ask('PUT', this.path(date), { name });
    await this.load();
  }

  private async drop(dates: string[]) {
    for (const date of dates) await this.props.api.ask('DELETE', this.path(date));
    await this.load();
  }

  private async add(event: Event, { act }: Acts) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const holiday = { date: String(new FormData(form).get('date')), name: String(new FormData(form).get('name')).trim() };
    const before = this.state.holidays.find(({ date }) => date === holiday.date);
    const undo = () => (before ? this.put(before) : this.drop([holiday.date]));
    if (await act(() => this.put(holiday), settingsWords.holidays.added(nameOf(holiday)), undo)) form.reset();
  }

  private remove(holiday: Holiday, { act }: Acts) {
    void act(() => this.drop([holiday.date]), settingsWords.removed(nameOf(holiday)), () => this.put(holiday));
  }

  private chosen(input: HTMLInputElement, acts: Acts) {
    this.look(input.files?.[0], acts);
    // So that the same file, mended, can be chosen again.
    input.value = '';
  }

  private look(file: File | undefined, { act }: Acts) {
    if (file) void act(async () => this.setState({ preview: await this.send(file, true) }));
  }

  private async confirm({ file }: Import, { act }: Acts) {
    let added: Holiday[] = [];
    const work = async () => {
      ({ added } = await this.send(file, false));
      this.setState({ preview: null });
      await this.load();
    };
    await act(work, settingsWords.holidays.imported, () => this.drop(added.map(({ date }) => date)));
  }

  private async send(file: File, preview: boolean): Promise<Import> {
    const form = new FormData();
    form.set('file', file);
    const answer = await this.props.api.ask('POST', `${this.path('import')}?preview=${preview}`, form);
    return {
      file,
      added: holidaysOf(answer, 'added'),
      known: holidaysOf(answer, 'known'),
      passedOver: isObject(answer) ? objectsOf(answer, 'passedOver').map(({ name, why }) => ({ name: textOf(name), why: textOf(why) })) : [],
    };
  }
}

const holidaysOf = (answer: unknown, name: string): Holiday[] => objectsOf(answer, name).map((one) => ({ date: textOf(one['date']), name: textOf(one['name']) }));

/** A calendar day, the same everywhere. */
const dayWords = (date: string) =>
  new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
const nameOf = ({ date, name }: Holiday) => `${dayWords(date)} ${date.slice(0, 4)}: ${name}`;
