import { Component } from 'preact';

interface TypedProps {
  label: string;
  value: string;
  disabled?: boolean;
  change(value: string): void;
}

/** A field whose value is taken when one leaves it or presses Enter: half a time must not be put right while it is typed. */
export class Typed extends Component<TypedProps, { typed: string | null }> {
  override state = { typed: null as string | null };

  override render({ label, value, disabled }: TypedProps) {
    return (
      <input
        type="text"
        aria-label={label}
        inputmode="numeric"
        disabled={disabled}
        value={this.state.typed ?? value}
        onInput={(event) => this.setState({ typed: (event.currentTarget as HTMLInputElement).value })}
        onBlur={this.take}
        onKeyDown={(event) => event.key === 'Enter' && this.take()}
      />
    );
  }

  private take = () => {
    const { typed } = this.state;
    this.setState({ typed: null });
    if (typed !== null && typed !== '' && typed !== this.props.value) this.props.change(typed);
  };
}
