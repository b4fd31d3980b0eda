import { Component } from 'preact';
import type { LaterEnds } from '../../pane';
import type { SheetProps } from '../DryRunSheet';
import { Sheet } from '../Sheet';
import { laterWords } from '../words';
import { Import } from './Import';
import { ProspectList } from './ProspectList';
import type { ListEnds } from './prospects';
import { prospectWords } from './words';

/** Everybody on the rep's own list, and files that fill it. */
export class ProspectsSheet extends Component<SheetProps & { ends: LaterEnds }, { importing: boolean; filled: number }> {
  override state = { importing: false, filled: 0 };

  private readonly list: ListEnds = {
    base: '/api/prospects',
    hasWider: true,
    call: (...asked) => this.props.ends.api.call(...asked),
    changed: () => void this.props.ends.refetch(),
    failed: (error) => this.props.ends.failed(error),
  };

  override render() {
    const { importing, filled } = this.state;
    return (
      <Sheet title={laterWords.prospects.title} opened={() => {}} closed={() => this.props.open(null)}>
        <div class="prospects">
          <div class="row parts" role="group" aria-label={laterWords.prospects.title}>
            <button type="button" class="chip" aria-pressed={!importing} onClick={() => this.setState({ importing: false })}>{prospectWords.list}</button>
            <button type="button" class="chip" aria-pressed={importing} onClick={() => this.setState({ importing: true })}>{prospectWords.import.title}</button>
          </div>
          {/* What was chosen or typed stays while the other one is looked at. */}
          <div hidden={importing}><ProspectList key={filled} ends={this.list} fill={() => this.setState({ importing: true })} /></div>
          <div hidden={!importing}><Import ends={this.list} filled={() => this.setState({ filled: filled + 1 })} /></div>
        </div>
      </Sheet>
    );
  }
}
