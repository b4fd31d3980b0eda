// The same list as a part of another page: a team's, or everybody's.
import { Component } from 'preact';
import { Import } from './Import';
import { ProspectList } from './ProspectList';
import type { ListEnds } from './prospects';
import css from './prospects.css?inline';
import { prospectWords } from './words';

export { speakProspects } from './words';

// As an element it would be an inline style, which the page's policy refuses.
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

export class SharedList extends Component<{ ends: ListEnds }, { filled: number }> {
  override state = { filled: 0 };

  private importing: HTMLDetailsElement | null = null;

  override render({ ends }: { ends: ListEnds }) {
    return (
      <div class="prospects">
        <div><ProspectList key={this.state.filled} ends={ends} fill={this.fill} /></div>
        <details ref={(details) => void (this.importing = details)}>
          <summary>{prospectWords.import.title}</summary>
          <Import ends={ends} filled={() => this.setState({ filled: this.state.filled + 1 })} />
        </details>
      </div>
    );
  }

  private fill = () => {
    this.importing!.open = true;
    this.importing!.querySelector('input')?.focus();
  };
}
