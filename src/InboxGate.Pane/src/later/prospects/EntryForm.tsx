import { kinds, type Entry, type Statement } from './prospects';
import { kindName, prospectWords } from './words';

interface EntryFormProps {
  /** Null while somebody is added. */
  entry: Entry | null;
  refused: string | null;
  save(said: Statement, key: string): void;
  remove?(): void;
  close(): void;
}

/** What is known of somebody, to be said anew. */
export function EntryForm({ entry, refused, save, remove, close }: EntryFormProps) {
  const zone = entry?.timeZones.length === 1 ? entry.timeZones[0]! : '';

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const textIn = (name: string) => String(form.get(name) ?? '').trim();
    const [phone, timeZone] = [textIn('phone'), textIn('timeZone')];
    // A zone that only followed from a number goes with it.
    const isNewNumber = entry !== null && phone !== (entry.phone ?? '') && timeZone === zone;
    save({
      kind: textIn('kind'),
      name: textIn('name') || null,
      company: textIn('company') || null,
      phone: phone || null,
      timeZone: isNewNumber ? null : timeZone || null,
      doNotCall: form.has('doNotCall'),
    }, textIn('entry'));
  }

  return (
    <form class="entry-form" onSubmit={submit} onKeyDown={(event) => {
      if (event.key !== 'Escape') return;
      // The sheet stays.
      event.preventDefault();
      event.stopPropagation();
      close();
    }}>
      {entry ? <b>{entry.entry}</b> : (
        <label>{prospectWords.entry} <input type="text" name="entry" required maxLength={320} autocomplete="off" spellcheck={false} autofocus /></label>
      )}
      <label>{prospectWords.kind} <select name="kind" defaultValue={entry?.kind ?? 'prospect'} autofocus={entry !== null}>
        {kinds.map((one) => <option key={one} value={one} selected={one === (entry?.kind ?? 'prospect')}>{kindName(one)}</option>)}
      </select></label>
      <label>{prospectWords.name} <input type="text" name="name" maxLength={200} defaultValue={entry?.name ?? ''} autocomplete="off" /></label>
      <label>{prospectWords.company} <input type="text" name="company" maxLength={200} defaultValue={entry?.company ?? ''} autocomplete="off" /></label>
      <label>{prospectWords.phone} <input type="text" name="phone" inputMode="tel" maxLength={60} defaultValue={entry?.phone ?? ''} autocomplete="off" /></label>
      <label>{prospectWords.timeZone} <input type="text" name="timeZone" maxLength={60} defaultValue={zone} placeholder="Europe/Berlin" autocomplete="off" spellcheck={false} /></label>
      <label class="check"><input type="checkbox" name="doNotCall" defaultChecked={entry?.doNotCall ?? false} /> {prospectWords.doNotCall}</label>
      {refused !== null && <p role="alert">{refused}</p>}
      <div class="row">
        <button type="submit" class="primary">{prospectWords.save}</button>
        <button type="button" class="secondary" onClick={close}>{prospectWords.cancel}</button>
        {remove && <button type="button" class="link" onClick={remove}>{prospectWords.remove}</button>}
      </div>
    </form>
  );
}
