import { Component, type ComponentType } from 'preact';
import { words } from '../words';
import type { SheetProps } from './DryRunSheet';
import { Sheet } from './Sheet';
import { laterWords } from './words';

interface LazySheetProps extends SheetProps {
  title: string;
  fetch(): Promise<ComponentType<SheetProps>>;
}

/** A sheet whose script is fetched when it is opened. */
export class LazySheet extends Component<LazySheetProps, { Fetched?: ComponentType<SheetProps>; failed?: boolean }> {
  override componentDidMount() {
    this.fetch();
  }

  override render() {
    const { fetch: _, title, ...props } = this.props;
    const { Fetched, failed } = this.state;
    if (Fetched) return <Fetched {...props} />;
    return (
      <Sheet title={title} opened={() => {}} closed={() => props.open(null)}>
        {failed ? (
          <div class="strip" role="alert">
            <p>{laterWords.sheetFailed}</p>
            <button type="button" class="secondary" onClick={this.fetch}>{laterWords.tryAgain}</button>
          </div>
        ) : (
          <p class="quiet" role="status">{words.link.loading}</p>
        )}
      </Sheet>
    );
  }

  private fetch = () => {
    this.setState({ failed: false });
    this.props.fetch().then(
      (Fetched) => this.setState({ Fetched }),
      () => this.setState({ failed: true }),
    );
  };
}
