// Launch events: what an add-in is woken for while somebody writes a mail, and how sending waits for its answer.
import { runHidden } from './background.js';
import { iconAt } from './ribbon.js';
import { askSender } from './sendDialog.js';

const composeLimitMilliseconds = { phone: 60_000, other: 300_000 };
const sendLimitMilliseconds = 300_000;
const patienceMilliseconds = 5000;

const sendAnyway = { id: 'send-anyway', label: 'Send Anyway' };
const dontSend = { id: 'dont-send', label: 'Don’t Send', main: true };

/** @param take what the action of an alert does: take(commandId, contextData, draft) */
export function createLaunchEvents({ addIn, client, start, take }) {
  const handlerOf = (type) => (client.launchEvents ? addIn.events?.handlers[type] ?? null : null);

  function wake(type, draft, limit) {
    const { page, script } = addIn.events;
    return runHidden(
      start,
      { kind: 'event', address: page, script: client.scriptOnlyEvents ? script : null, draft },
      { name: handlerOf(type).function, type },
      limit,
    );
  }

  const ask = (message, choices, gone) => askSender({ title: addIn.name, icon: addIn.icon && iconAt(addIn.icon), message, choices, gone });

  /** The mode that applies: an answer may relax the manifest's, never sharpen it. */
  const modeOf = (handler, outcome) => (outcome?.options?.sendModeOverride === 'promptUser' ? 'PromptUser' : handler.sendMode);

  async function alert(handler, { options }, draft) {
    const goes = modeOf(handler, { options }) === 'PromptUser' ? [sendAnyway] : [];
    const acts = options.commandId !== undefined;
    const stays = acts
      ? { id: 'take-action', label: options.cancelLabel ?? client.takeAction, main: true }
      : { ...dontSend, label: options.cancelLabel ?? dontSend.label };
    const answer = await ask(options.errorMessage ?? `${addIn.name} is preventing this email from being sent.`, [...goes, stays]);
    if (answer === 'take-action') await take(options.commandId, options.contextData, draft);
    return answer === 'send-anyway';
  }

  /** The add-in could not be asked: a nudge lets the mail go, a block does not. */
  async function unasked({ sendMode }) {
    if (sendMode === 'PromptUser') return true;
    const answer = await ask(`${addIn.name} is unavailable just now.`, sendMode === 'SoftBlock' ? [sendAnyway, dontSend] : [dontSend]);
    return answer === 'send-anyway';
  }

  async function late({ sendMode }, words, gone) {
    const answer = await ask(words, sendMode === 'PromptUser' ? [sendAnyway, dontSend] : [dontSend], gone);
    return answer === null ? null : answer === 'send-anyway';
  }

  return {
    async opened(draft) {
      if (handlerOf('OnNewMessageCompose')) await wake('OnNewMessageCompose', draft, composeLimitMilliseconds[client.id] ?? composeLimitMilliseconds.other);
    },

    /** Whether the mail may go; asks the sender where the add-in has something to say. */
    async maySend(draft) {
      const handler = handlerOf('OnMessageSend');
      if (!handler || !client.smartAlerts || client.mailbox < 12) return true;
      if (!navigator.onLine) return unasked(handler);
      const asked = wake('OnMessageSend', draft, sendLimitMilliseconds);
      const prompt = await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, patienceMilliseconds, null))]);
      if (!prompt) {
        const chosen = await late(handler, `${addIn.name} is taking longer than expected to check your message.`, asked);
        if (chosen !== null) return chosen;
      }
      const outcome = await asked;
      if (outcome.kind === 'completed') return outcome.options.allowEvent === true || alert(handler, outcome, draft);
      return outcome.kind === 'timeout' ? late(handler, `${addIn.name} did not answer in time.`) : unasked(handler);
    },
  };
}
