import { Component, type ComponentChildren } from 'preact';
import type { Asking } from './asking';
import {
  kinds, mostCalls, noLimits, readShared, weekdays, wholeOrNull, withCalls, withLimits, withRange, type Kind, type Own, type SharedPolicy,
} from './policy';
import { Section } from './Section';
import type { Base } from './Settings';
import { settingsWords } from './words';

interface FormProps { api: Asking; base: Base }

const usualHours = { start: '09:00', end: '17:00', days: weekdays.slice(0, 5) };

export class PolicyForm extends Component<FormProps, { policy: SharedPolicy | null; draft: Own | null }> {
  override state = { policy: null as SharedPolicy | null, draft: null as Own | null };

  override render() {
    const said = settingsWords.policy;
    const { base } = this.props;
    return (
      <Section id={`policy-${base}`} title={said.title} explain={base === '/api/team' ? said.explainTeam : said.explainTenant} load={this.load}>
        {({ busy, act }) => {
          const own = this.state.draft!;
          const inForce = this.state.policy!.inForce;
          const limits = own.limits ?? noLimits;
          const before = this.state.policy!.own;
          const isChanged = JSON.stringify(own) !== JSON.stringify(before);
          const submit = (event: Event) => {
            event.preventDefault();
            void act(() => this.save(own), settingsWords.saved, () => this.save(before));
          };
          return (
            <form class="policy" onSubmit={submit}>
              <fieldset>
                <legend>{said.calls}</legend>
                <p class="quiet">{said.callsExplain}</p>
                {kinds.map((kind) => (
                  <Stepper
                    key={kind} id={`calls-${base}-${kind}`} label={settingsWords.kinds[kind]} value={own.callsRequired?.[kind] ?? null}
                    otherwise={inForce.callsRequired?.[kind] ?? 0} from={this.source()}
                    change={(calls) => this.setState({ draft: withCalls(own, kind, calls) })}
                  />
                ))}
              </fieldset>
              <Choice
                label={said.counting} value={own.counting} inForce={inForce.counting} from={this.source()}
                options={{ shared: said.shared, oneByOne: said.oneByOne }} explain={{ shared: said.sharedExplain, oneByOne: said.oneByOneExplain }}
                change={(counting) => this.setState({ draft: { ...own, counting } })}
              />
              {this.yesNo(said.infer, said.inferExplain, own.inferFromMyOutreach, inForce.inferFromMyOutreach, (inferFromMyOutreach) => ({ ...own, inferFromMyOutreach }))}
              {this.yesNo(said.manager, said.managerExplain, own.managerIsVip, inForce.managerIsVip, (managerIsVip) => ({ ...own, managerIsVip }))}
              <fieldset>
                <legend>{said.hours}</legend>
                <label class="check">
                  <input type="checkbox" checked={own.hours !== null} onChange={(event) => this.setState({ draft: { ...own, hours: checked(event) ? inForce.hours ?? usualHours : null } })} />
                  {said.hoursOwn}
                </label>
                {own.hours === null && <p class="quiet">{inForce.hours ? said.hoursAbove(inForce.hours.start, inForce.hours.end) : said.hoursMailbox}</p>}
                {own.hours && (
                  <div class="hours">
                    {(['start', 'end'] as const).map((end) => (
                      <label key={end}>{said[end]} <input type="time" required value={own.hours![end]} onInput={(event) => this.setState({ draft: { ...own, hours: { ...own.hours!, [end]: typed(event) } } })} /></label>
                    ))}
                    <div class="days" role="group" aria-label={said.days}>
                      {weekdays.map((day, at) => (
                        <label key={day} class="check">
                          <input
                            type="checkbox" checked={own.hours!.days.includes(day)}
                            onChange={(event) => this.setState({ draft: { ...own, hours: { ...own.hours!, days: weekdays.filter((one) => (one === day ? checked(event) : own.hours!.days.includes(one))) } } })}
                          />
                          {settingsWords.weekday(at)}
                        </label>
                      ))}
                    </div>
                  </div>
                )}
              </fieldset>
              <details>
                <summary>{said.limits}</summary>
                <p class="quiet">{said.limitsExplain}</p>
                {kinds.map((kind) => (
                  <div key={kind} class="range" role="group" aria-label={settingsWords.kinds[kind]}>
                    <span>{settingsWords.kinds[kind]}</span>
                    {this.rangeEnd(own, kind, 'least', said.least)}
                    {this.rangeEnd(own, kind, 'most', said.most)}
                  </div>
                ))}
                {this.yesNo(said.maySwitchOff, null, limits.maySwitchOff, inForce.limits?.maySwitchOff ?? null, (maySwitchOff) => withLimits(own, { maySwitchOff }))}
                {this.yesNo(said.mayChoose, null, limits.mayChooseCounting, inForce.limits?.mayChooseCounting ?? null, (mayChooseCounting) => withLimits(own, { mayChooseCounting }))}
                <label class="line">
                  {said.longestPause}
                  <input type="number" min={1} max={8784} value={limits.longestPauseHours ?? ''} onInput={(event) => this.setState({ draft: withLimits(own, { longestPauseHours: wholeOrNull(typed(event)) }) })} />
                </label>
              </details>
              <div class="row-of">
                <button type="submit" class="primary" disabled={busy || !isChanged}>{settingsWords.save}</button>
                {isChanged && <button type="button" class="secondary" disabled={busy} onClick={() => this.setState({ draft: before })}>{settingsWords.discard}</button>}
              </div>
            </form>
          );
        }}
      </Section>
    );
  }

  private load = async () => this.take(await this.props.api.ask('GET', `${this.props.base}/policy`));
  private save = async (own: Own) => this.take(await this.props.api.ask('PUT', `${this.props.base}/policy`, own));

  private take(answer: unknown) {
    const policy = readShared(answer);
    this.setState({ policy, draft: policy.own });
  }

  private source = () => (this.props.base === '/api/team' ? settingsWords.policy.fromAbove : settingsWords.policy.fromDefaults);

  private yesNo(label: string, explain: string | null, value: boolean | null, inForce: boolean | null, change: (value: boolean | null) => Own) {
    const code = (one: boolean | null) => (one === null ? null : one ? 'yes' : 'no');
    return (
      <Choice
        label={label} value={code(value)} inForce={code(inForce)} from={this.source()} options={{ yes: settingsWords.yes, no: settingsWords.no }}
        explain={explain ? { yes: explain, no: explain } : {}} change={(next) => this.setState({ draft: change(next === null ? null : next === 'yes') })}
      />
    );
  }

  private rangeEnd(own: Own, kind: Kind, end: 'least' | 'most', label: string) {
    return (
      <label>
        {label}{' '}
        <input
          type="number" min={0} max={mostCalls} placeholder={String(end === 'least' ? 0 : mostCalls)} value={own.limits?.callsRequired[kind]?.[end] ?? ''}
          onChange={(event) => this.setState({ draft: withRange(own, kind, end, wholeOrNull(typed(event))) })}
        />
      </label>
    );
  }
}

interface StepperProps { id: string; label: string; value: number | null; otherwise: number; from: string; change(value: number | null): void }

/** Empty says nothing: then the number of whoever is above holds, and is named. */
function Stepper({ id, label, value, otherwise, from, change }: StepperProps) {
  const now = value ?? otherwise;
  return (
    <div class="stepper">
      <label for={id}>{label}</label>
      <span class="steps">
        <button type="button" class="secondary" aria-label={settingsWords.policy.fewer(label)} disabled={now <= 0} onClick={() => change(now - 1)}>−</button>
        <input id={id} type="number" inputMode="numeric" min={0} max={mostCalls} placeholder={String(otherwise)} value={value ?? ''} aria-describedby={`${id}-source`} onInput={(event) => change(wholeOrNull(typed(event)))} />
        <button type="button" class="secondary" aria-label={settingsWords.policy.more(label)} disabled={now >= mostCalls} onClick={() => change(now + 1)}>+</button>
      </span>
      <span class="quiet" id={`${id}-source`}>{value === null ? settingsWords.policy.inForce(String(otherwise), from) : ''}</span>
    </div>
  );
}

interface ChoiceProps {
  label: string; value: string | null; inForce: string | null; from: string; options: Record<string, string>; explain: Record<string, string>;
  change(value: string | null): void; children?: ComponentChildren;
}

function Choice({ label, value, inForce, from, options, explain, change }: ChoiceProps) {
  const otherwise = inForce === null ? null : options[inForce] ?? inForce;
  return (
    <label class="choice">
      <b>{label}</b>
      <select value={value ?? ''} onChange={(event) => change(typed(event) || null)}>
        <option value="">{otherwise === null ? settingsWords.policy.notSaid : settingsWords.policy.inForce(otherwise, from)}</option>
        {Object.entries(options).map(([code, name]) => <option key={code} value={code}>{name}</option>)}
      </select>
      <span class="quiet">{explain[value ?? inForce ?? ''] ?? ''}</span>
    </label>
  );
}

const typed = (event: Event) => (event.currentTarget as HTMLInputElement).value;
const checked = (event: Event) => (event.currentTarget as HTMLInputElement).checked;
