import { Component, createRef, type ComponentChildren } from 'preact';
import { draw, type Colours, type Drawing } from './draw';
import type { Figure } from './figures';
import { historyWords } from './words';

interface PictureProps { figure: Figure; children?: ComponentChildren }

/** A picture of bars with its sum in words and the same numbers as a table, which a screen reader always has. */
export class Picture extends Component<PictureProps, { picked: number | null; asTable: boolean }> {
  override state = { picked: null as number | null, asTable: false };

  private readonly canvas = createRef<HTMLCanvasElement>();
  private readonly legend = createRef<HTMLUListElement>();
  private drawing: Drawing | null = null;
  private drawn = '';
  private readonly unfollow: (() => void)[] = [];

  override componentDidMount() {
    this.draw();
    const again = () => this.draw();
    for (const what of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
      const query = matchMedia(what);
      query.addEventListener('change', again);
      this.unfollow.push(() => query.removeEventListener('change', again));
    }
    // Outlook's theme is written onto the page.
    const theme = new MutationObserver(again);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'style', 'dir', 'lang'] });
    this.unfollow.push(() => theme.disconnect());
  }

  override componentDidUpdate() {
    if (this.drawn !== JSON.stringify(this.props.figure)) {
      this.setState({ picked: null });
      this.draw();
    }
  }

  override componentWillUnmount() {
    this.unfollow.forEach((leave) => leave());
    this.drawing?.leave();
  }

  override render() {
    const { figure, children } = this.props;
    const { picked, asTable } = this.state;
    const id = `history-${figure.key}`;
    return (
      <section class="picture" aria-labelledby={id}>
        <header>
          <h3 id={id}>{figure.title}</h3>
          {children}
        </header>
        <p>{figure.sum}</p>
        <ul class="legend" ref={this.legend}>
          {figure.legend.map(({ look, name }) => <li key={look}><i class={`swatch ${look}`} /> {name}</li>)}
        </ul>
        <div class="drawn">
          <canvas
            ref={this.canvas}
            role="img"
            aria-label={`${figure.title}. ${figure.sum} ${historyWords.keys}`}
            tabIndex={0}
            onKeyDown={this.move}
            onBlur={() => this.pick(null)}
            onPointerLeave={() => this.pick(null)}
          />
        </div>
        <output class="picked">{picked === null ? '' : figure.bars[picked]?.said}</output>
        <button type="button" class="link" aria-expanded={asTable} onClick={() => this.setState({ asTable: !asTable })}>
          {asTable ? historyWords.asPicture : historyWords.asTable}
          <span class="spoken">: {figure.title}</span>
        </button>
        <div class={asTable ? 'numbers-table' : 'spoken'}>
          <table>
            <caption class="spoken">{figure.title}</caption>
            <thead><tr>{figure.table.columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
            <tbody>
              {figure.table.rows.map(([name, ...numbers]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {numbers.map((one, at) => <td key={at}>{one}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    );
  }

  private draw() {
    const { figure } = this.props;
    this.drawn = JSON.stringify(figure);
    this.drawing?.leave();
    this.drawing = draw(this.canvas.current!, figure.bars, this.colours(), (at) => this.pick(at));
  }

  private pick(at: number | null) {
    if (at === this.state.picked) return;
    this.setState({ picked: at });
    this.drawing?.pick(at);
  }

  private move = (event: KeyboardEvent) => {
    const last = this.props.figure.bars.length - 1;
    const { picked } = this.state;
    const step = getComputedStyle(this.canvas.current!).direction === 'rtl' ? -1 : 1;
    const to = { ArrowRight: (picked ?? (step > 0 ? -1 : last + 1)) + step, ArrowLeft: (picked ?? (step > 0 ? last + 1 : -1)) - step, Home: 0, End: last }[event.key];
    if (to === undefined) {
      if (event.key !== 'Escape' || picked === null) return;
      // The first Escape lets go of the bar, the next closes the sheet.
      event.preventDefault();
      this.pick(null);
      return;
    }
    event.preventDefault();
    this.pick(Math.max(0, Math.min(last, to)));
  };

  /** The style sheet's, as the legend shows them. */
  private colours(): Colours {
    const colourOf = (look: string) => {
      const probe = document.createElement('i');
      probe.className = `swatch ${look}`;
      this.legend.current!.append(probe);
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    };
    return {
      solid: colourOf('solid'), hatched: colourOf('hatched'), outlined: colourOf('outlined'), goal: colourOf('goal'),
      text: colourOf('text'), lines: colourOf('lines'),
    };
  }
}
