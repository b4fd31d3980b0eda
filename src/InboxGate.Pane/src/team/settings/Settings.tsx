import type { PageApi } from '../page';
import { Holidays } from './Holidays';
import { PolicyForm } from './PolicyForm';
import { SenderList } from './SenderList';
import { SharedProspects } from './SharedProspects';
import { TeamsByHand } from './TeamsByHand';

export type Base = '/api/team' | '/api/tenant';

/** What holds for a manager's team, or for the whole tenant; who is in which team is the administrators' to say. */
export function Settings({ api, base }: { api: PageApi; base: Base }) {
  return (
    <div class="settings">
      <PolicyForm key={`policy ${base}`} api={api} base={base} />
      <SenderList key={`senders ${base}`} api={api} base={base} />
      <SharedProspects key={`prospects ${base}`} api={api} base={base} />
      <Holidays key={`holidays ${base}`} api={api} base={base} />
      {base === '/api/tenant' && <TeamsByHand api={api} />}
    </div>
  );
}
