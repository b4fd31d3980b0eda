import { Component, type ComponentChildren } from 'preact';
import { saidOf } from './asking';
import { settingsWords } from './words';

/** What was done last, and how it is taken back. */
interface Done { said: string; undo: (() => Promise<void>) | null }

interface SectionState { loaded: boolean; failed: string | null; refused: string | null; busy: boolean; done: Done | null }

export interface Acts {
  busy: boolean;
  /** Does it, says what was done and offers to take it back, or says why it was refused. Whether it was done. */
  act(work: () => Promise<void>, done?: string, undo?: () => Promise<void>): Promise<boolean>;
}

interface SectionProps {
  id: string;
  title: string;
  explain?: string;
  load(): Promise<void>;
  children(acts: Acts): ComponentChildren;
}

/** A card that loads by itself, says how every change went, and takes the last one back. */
export class Section extends Component<SectionProps, SectionState> {
  override state: SectionState = { loaded: false, failed: null, refused: null, busy: false, done: null };

  override componentDidMount() {
    void this.load();
  }

  override render() {
    const { id, title, explain, children } = this.props;
    const { loaded, failed, refused, busy, done } = this.state;
    return (
      <section class="card settings-card" aria-labelledby={id} aria-busy={busy || (!loaded && failed === null)}>
        <h2 id={id}>{title}</h2>
        {explain && <p class="quiet">{explain}</p>}
        {failed !== null && (
          <div class="strip" role="alert">
            <p>{failed}</p>
            <button type="button" class="secondary" onClick={() => void this.load()}>{settingsWords.tryAgain}</button>
          </div>
        )}
        {!loaded && failed === null && <p class="quiet" role="status">{settingsWords.loading}</p>}
        {loaded && children({ busy, act: this.act })}
        {refused !== null && <p class="problem" role="alert">{refused}</p>}
        <div class="done-note" role="status">
          {done && (
            <>
              <span>{done.said}</span>
              {done.undo && <button type="button" class="link" disabled={busy} onClick={() => void this.undo(done.undo!)}>{settingsWords.undo}</button>}
            </>
          )}
        </div>
      </section>
    );
  }

  private async load() {
    this.setState({ failed: null });
    try {
      await this.props.load();
      this.setState({ loaded: true });
    } catch (error) {
      this.setState({ failed: saidOf(error) });
    }
  }

  private readonly act = async (work: () => Promise<void>, said?: string, undo?: () => Promise<void>): Promise<boolean> => {
    this.setState({ busy: true, refused: null, done: null });
    try {
      await work();
      this.setState({ busy: false, done: said ? { said, undo: undo ?? null } : null });
      return true;
    } catch (error) {
      this.setState({ busy: false, refused: saidOf(error) });
      return false;
    }
  };

  private undo = (undo: () => Promise<void>) => this.act(undo, settingsWords.undone);
}
