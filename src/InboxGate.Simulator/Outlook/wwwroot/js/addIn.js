// The add-in as its manifest describes it to this client; without a manifest one button and a default address.
import { meets } from './client.js';
import * as simulator from './simulator.js';

const permissions = ['Restricted', 'ReadItem', 'ReadWriteItem', 'ReadWriteMailbox'];

/** @param paneAddress overrides where every pane comes from */
export async function readAddIn(client, language, paneAddress) {
  const [manifest] = await simulator.addIns(language);
  const addIn = manifest ? fromManifest(manifest, client) : await withoutManifest();
  if (paneAddress) {
    for (const { action } of [...addIn.read, ...addIn.compose]) if (action.pane) action.pane = paneAddress;
  }
  return {
    ...addIn,
    may: (permission) => permissions.indexOf(addIn.permissions) >= permissions.indexOf(permission),
    command: (mode, id) => addIn[mode].find((button) => button.id === id) ?? null,
  };
}

const nothing = { functions: null, events: null, sharedFolders: false, read: [], compose: [] };

function fromManifest({ name, icon, permissions: permission, pane, needs, overrides }, client) {
  const general = { name, icon, permissions: permission };
  // A client that lacks what the overrides need shows the base form alone, as if they were not there.
  if (overrides && meets(client, overrides.needs)) {
    const { functions, sharedFolders, read, compose, events, mobile } = overrides;
    if (client.id !== 'phone') return { ...general, functions, sharedFolders, read, compose, events };
    return mobile ? { ...general, ...nothing, functions: mobile.functions, read: mobile.read, events: mobile.events } : { ...general, ...nothing };
  }
  return client.id === 'phone' || !meets(client, needs) ? { ...general, ...nothing } : { ...general, ...nothing, read: [buttonFor(name, pane, false)] };
}

async function withoutManifest() {
  const pane = buttonFor('InboxGate', await simulator.paneAddress(), true);
  return { name: 'InboxGate', icon: null, permissions: 'ReadWriteItem', ...nothing, sharedFolders: true, read: [pane] };
}

const buttonFor = (label, pane, pinning) =>
  ({ id: 'open', group: label, label, tip: null, icons: {}, action: { pane, pinning, multiSelect: pinning, noItem: pinning } });
