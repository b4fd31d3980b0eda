import { Component, type ComponentType } from 'preact';
import type { PageApi } from '../page';
import { saidOf } from './asking';
import type { Base } from './Settings';
import { language, settingsWords } from './words';

interface SharedProspectsProps { api: Pick<PageApi, 'call'>; base: Base }

/** Everybody on the list that is shared, and files that fill it: fetched when somebody looks. */
export class SharedProspects extends Component<SharedProspectsProps, { Fetched?: ComponentType; asking?: boolean; failed?: string | null }> {
  override render() {
    const said = settingsWords.prospects;
    const { Fetched, asking, failed } = this.state;
    const id = `prospects-${this.props.base}`;
    return (
      <section class="card settings-card" aria-labelledby={id} aria-busy={asking === true}>
        <h2 id={id}>{said.title}</h2>
        <p class="quiet">{said.explain}</p>
        {failed && <p class="problem" role="alert">{failed}</p>}
        {Fetched ? <Fetched /> : <button type="button" class="secondary" disabled={asking} onClick={() => void this.fetch()}>{said.open}</button>}
      </section>
    );
  }

  private async fetch() {
    this.setState({ asking: true, failed: null });
    try {
      const { SharedList, speakProspects } = await import('../../later/prospects/shared');
      await speakProspects(language);
      const { api, base } = this.props;
      const ends = { base: `${base}/prospects`, hasWider: false, call: api.call, changed: () => {}, failed: () => {} };
      this.setState({ asking: false, Fetched: () => <SharedList ends={ends} /> });
    } catch (error) {
      this.setState({ asking: false, failed: saidOf(error) });
    }
  }
}
