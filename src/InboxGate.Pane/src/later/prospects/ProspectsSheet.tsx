import { Component } from 'preact';
import type { LaterEnds } from '../../pane';
import type { SheetProps } from '../DryRunSheet';
import { Sheet } from '../Sheet';
import { laterWords } from '../words';
import { Contacts } from './Contacts';
import type { ContactEnds } from './contacts/contacts';
import { contactWords } from './contacts/words';
import { Import } from './Import';
import { ProspectList } from './ProspectList';
import type { ListEnds } from './prospects';
import { prospectWords } from './words';

type Part = 'list' | 'import' | 'contacts';

/** Everybody on the rep's own list, and the files and contacts that fill it. */
export class ProspectsSheet extends Component<SheetProps & { ends: LaterEnds }, { part: Part; filled: number }> {
  override state = { part: 'list' as Part, filled: 0 };

  private readonly list: ListEnds = {
    base: '/api/prospects',
    hasWider: true,
    call: (...asked) => this.props.ends.api.call(...asked),
    changed: () => void this.props.ends.refetch(),
    failed: (error) => this.props.ends.failed(error),
  };

  private readonly contacts: ContactEnds = {
    ask: (...asked) => this.props.ends.api.ask(...asked),
    changed: () => {
      this.setState(({ filled }) => ({ filled: filled + 1 }));
      this.list.changed();
    },
    failed: this.list.failed,
  };

  override render() {
    const { part, filled } = this.state;
    return (
      <Sheet title={laterWords.prospects.title} opened={() => {}} closed={() => this.props.open(null)}>
        <div class="prospects">
          <div class="row parts" role="group" aria-label={laterWords.prospects.title}>
            {this.way('list', prospectWords.list)}
            {this.way('import', prospectWords.import.title)}
            {this.way('contacts', contactWords.title)}
          </div>
          {/* What was chosen or typed stays while the other one is looked at. */}
          <div hidden={part !== 'list'}><ProspectList key={filled} ends={this.list} fill={() => this.setState({ part: 'import' })} /></div>
          <div hidden={part !== 'import'}><Import ends={this.list} filled={() => this.setState({ filled: filled + 1 })} /></div>
          {part === 'contacts' && <Contacts ends={this.contacts} timeZone={this.props.state.board?.today.timeZone} />}
        </div>
      </Sheet>
    );
  }

  private way(part: Part, title: string) {
    return <button type="button" class="chip" aria-pressed={this.state.part === part} onClick={() => this.setState({ part })}>{title}</button>;
  }
}
