import { Component, type ComponentChildren } from 'preact';
import { laterWords } from './words';

interface SheetProps { title: string; opened(): void; closed(): void; children?: ComponentChildren }

/** A dialog over the whole pane: Escape closes it, and the focus stays in it until then. */
export class Sheet extends Component<SheetProps> {
  private dialog: HTMLDialogElement | null = null;

  override componentDidMount() {
    this.dialog?.showModal();
    this.props.opened();
  }

  override componentDidUpdate() {
    // A control that did its work and went must not leave a keyboard user outside the dialog.
    if (document.activeElement === document.body) this.dialog?.focus();
  }

  override componentWillUnmount() {
    // Whatever opened it may be gone by now: the way back in must not be from the top.
    queueMicrotask(() => {
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('.foot')?.focus();
    });
  }

  override render({ title, closed, children }: SheetProps) {
    return (
      <dialog class="sheet" tabIndex={-1} aria-labelledby="sheet-title" ref={this.hold} onClose={closed}>
        <header>
          <h2 id="sheet-title">{title}</h2>
          <button type="button" class="secondary" onClick={this.close}>{laterWords.close}</button>
        </header>
        {children}
      </dialog>
    );
  }

  private hold = (dialog: HTMLDialogElement | null) => void (this.dialog = dialog);
  private close = () => this.dialog?.close();
}
