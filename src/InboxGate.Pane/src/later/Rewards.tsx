import { Component } from 'preact';
import type { Actions } from '../pane';
import type { State } from '../store';
import { Mark } from '../views/icons';
import { followRewards, rewardWords } from './reached';
import { laterWords } from './words';

interface RewardsProps { state: State; actions: Actions }

/** What was just reached, with one tap to the answer where one was earned. */
export class Rewards extends Component<RewardsProps> {
  private leave = () => {};

  override componentDidMount() {
    this.leave = followRewards(this.props.actions.ends);
  }

  override componentWillUnmount() {
    this.leave();
  }

  override render({ state, actions: { ends } }: RewardsProps) {
    const rewards = state.later.rewards ?? [];
    if (rewards.length === 0) return null;
    return (
      <div class="rewards">
        {rewards.map((reward) => (
          <div key={reward.kind} class="reward">
            <p class="good"><Mark of="kept" /> {rewardWords(reward)}</p>
            {reward.kind === 'earned' && reward.gates.length === 1 && ends.isReachable(reward.gates[0]!) && (
              <button type="button" class="secondary" onClick={() => ends.answer(reward.gates[0]!)}>{laterWords.reward.answer}</button>
            )}
          </div>
        ))}
      </div>
    );
  }
}
