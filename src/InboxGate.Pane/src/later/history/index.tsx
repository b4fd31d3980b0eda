// Looking back: a script of its own, fetched when it is opened.
import { words } from '../../words';
import type { SheetProps } from '../DryRunSheet';
import { Sheet } from '../Sheet';
import { laterWords } from '../words';

export function HistorySheet({ open }: SheetProps) {
  return (
    <Sheet title={laterWords.history.title} opened={() => {}} closed={() => open(null)}>
      <p class="quiet" role="status">{words.link.loading}</p>
    </Sheet>
  );
}
