import { LazyPart } from './LazyPart';
import type { PageState, Tab, TeamPage } from './page';
import { Totals } from './Totals';
import { TeamTable } from './TeamTable';
import { language, teamWords, timeWords } from './words';

interface ViewProps { page: TeamPage; state: PageState }

const isAnywhere = ({ link, isAdministrator }: PageState) => link !== 'signedOut' && (link !== 'forbidden' || isAdministrator);

export function TeamPageView({ page, state }: ViewProps) {
  const tabs: Tab[] = [...(state.link === 'forbidden' ? [] : ['team', 'rules'] as const), ...(state.isAdministrator ? ['company'] as const : [])];
  const tab = tabs.includes(state.tab) ? state.tab : tabs[0] ?? 'team';
  const isIn = isAnywhere(state);
  return (
    <>
      <header class="top">
        <h1><span class="product">InboxGate</span> {teamWords.title}</h1>
        {state.link !== 'signedOut' && <button type="button" class="link" onClick={() => void page.signOut()}>{teamWords.signOut}</button>}
      </header>
      <main>
        {isIn && tabs.length > 1 && <Tabs tabs={tabs} shown={tab} show={page.show} />}
        {!isIn ? <Outside page={page} state={state} /> : (
          <div id="part" class="part" {...(tabs.length > 1 ? { role: 'tabpanel' as const, 'aria-labelledby': `tab-${tab}` } : {})}>
            {tab === 'team' ? <MyTeam page={page} state={state} /> : <Rules key={tab} page={page} base={tab === 'rules' ? '/api/team' : '/api/tenant'} />}
          </div>
        )}
      </main>
    </>
  );
}

function Tabs({ tabs, shown, show }: { tabs: Tab[]; shown: Tab; show(tab: Tab): void }) {
  const move = (event: KeyboardEvent) => {
    const step = ({ ArrowRight: 1, ArrowLeft: -1 } as Record<string, number>)[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(shown) + step + tabs.length) % tabs.length]!;
    show(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" onKeyDown={move}>
      {tabs.map((tab) => (
        <button key={tab} id={`tab-${tab}`} type="button" role="tab" aria-selected={tab === shown} aria-controls="part" tabIndex={tab === shown ? 0 : -1} onClick={() => show(tab)}>
          {teamWords.tabs[tab]}
        </button>
      ))}
    </div>
  );
}

/** Nobody is signed in, or somebody who has nothing to see here. */
function Outside({ page, state: { link, trouble, signingIn } }: ViewProps) {
  const isForbidden = link === 'forbidden';
  return (
    <section class="card welcome">
      {isForbidden ? <><h2 class="headline">{teamWords.forbidden.title}</h2><p>{teamWords.forbidden.text}</p></> : <p class="headline">{teamWords.signedOut}</p>}
      <div>
        <button type="button" class={isForbidden ? 'secondary' : 'primary'} disabled={signingIn} onClick={() => void page.signIn(isForbidden)}>
          {isForbidden ? teamWords.otherAccount : teamWords.signIn}
        </button>
      </div>
      <p class="quiet" role="status">{signingIn ? teamWords.signingIn : ''}</p>
      {trouble && <p role="alert">{teamWords.trouble[trouble]}</p>}
    </section>
  );
}

function MyTeam({ page, state }: ViewProps) {
  const { team, link, problem, transitive } = state;
  const again = <button type="button" class="secondary" onClick={() => void page.refetch()}>{teamWords.tryAgain}</button>;
  if (!team) {
    if (link === 'loading') return <section class="card" aria-busy="true"><p class="quiet" role="status">{teamWords.loading}</p><progress aria-hidden="true" /></section>;
    return <div class="strip" role="alert"><p>{link === 'offline' ? teamWords.offlineEmpty : teamWords.broken} {link === 'error' && problem}</p>{again}</div>;
  }
  return (
    <>
      {(link === 'offline' || link === 'error') && <div class="strip" role="alert"><p>{link === 'offline' ? teamWords.offline : teamWords.broken}</p>{again}</div>}
      {team.size === 0 ? (
        <section class="card welcome">
          <h2 class="headline">{teamWords.empty.title}</h2>
          <p>{teamWords.empty.text}</p>
          {!transitive && <div><button type="button" class="secondary" onClick={() => page.reachAll(true)}>{teamWords.empty.transitive}</button></div>}
        </section>
      ) : team.individual ? (
        <TeamTable page={page} team={team} transitive={transitive} />
      ) : (
        <Totals page={page} team={team} transitive={transitive} />
      )}
      <p class="quiet as-of">{teamWords.asOf(timeWords(team.asOf))}</p>
    </>
  );
}

function Rules({ page, base }: { page: TeamPage; base: '/api/team' | '/api/tenant' }) {
  const fetch = async () => {
    const { Settings, speakSettings } = await import('./settings');
    await speakSettings(language);
    return () => <Settings api={page.api} base={base} />;
  };
  return <LazyPart fetch={fetch} />;
}
