import { Component, type ComponentType } from 'preact';
import { teamWords } from './words';

/** A part whose script is fetched when it is shown. */
export class LazyPart extends Component<{ fetch(): Promise<ComponentType> }, { Fetched?: ComponentType; failed?: boolean }> {
  override componentDidMount() {
    this.fetch();
  }

  override render() {
    const { Fetched, failed } = this.state;
    if (Fetched) return <Fetched />;
    if (!failed) return <p class="quiet" role="status">{teamWords.loading}</p>;
    return (
      <div class="strip" role="alert">
        <p>{teamWords.partFailed}</p>
        <button type="button" class="secondary" onClick={this.fetch}>{teamWords.tryAgain}</button>
      </div>
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
