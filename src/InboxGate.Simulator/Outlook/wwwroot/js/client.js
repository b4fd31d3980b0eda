// The Outlooks that this page can play, each with what it supports of add-ins; see Microsoft's requirement sets.

const web = {
  name: 'Outlook on the web',
  platform: 'OfficeOnline',
  hostName: 'OutlookWebApp',
  version: '20261101001.00',
  mailbox: 15,
  naa: true,
  theme: true,
  pinning: true,
  replyForms: true,
  convertsIds: true,
  sharedFolders: true,
  smartAlerts: true,
  launchEvents: true,
  insight: true,
  insightInRead: false,
  bars: 5,
  opensWithoutItem: false,
  scriptOnlyEvents: false,
  takeAction: 'Take Action',
};

const clients = {
  web,
  windows: {
    ...web,
    name: 'Outlook for Windows (classic)',
    platform: 'PC',
    hostName: 'Outlook',
    version: '16.0.19231.20194',
    insightInRead: true,
    opensWithoutItem: true,
    scriptOnlyEvents: true,
  },
  mac: {
    ...web,
    name: 'Outlook for Mac',
    platform: 'Mac',
    hostName: 'Outlook',
    version: '16.103.26111500',
    mailbox: 13,
    insightInRead: true,
    opensWithoutItem: true,
    takeAction: 'Don’t Send',
  },
  phone: {
    ...web,
    name: 'Outlook on a phone',
    platform: 'iOS',
    hostName: 'OutlookIOS',
    version: '4.2546.0',
    mailbox: 5,
    theme: false,
    pinning: false,
    replyForms: false,
    convertsIds: false,
    sharedFolders: false,
    smartAlerts: false,
    insight: false,
    bars: 1,
  },
};

export const names = Object.entries(clients).map(([id, { name }]) => ({ id, name }));

/** From the page's address: client=web|windows|mac|phone, mailbox=1.14 for an older one, naa=off. */
export function clientOf(query) {
  const id = Object.hasOwn(clients, query.get('client') ?? '') ? query.get('client') : 'web';
  const older = /^1\.(\d+)$/.exec(query.get('mailbox') ?? '');
  return {
    ...clients[id],
    id,
    mailbox: Math.min(clients[id].mailbox, older ? Number(older[1]) : Infinity),
    naa: clients[id].naa && query.get('naa') !== 'off',
  };
}

/** Whether the client supports a requirement set such as "1.5". */
export const meets = (client, version) => Number(version.split('.')[1] ?? 0) <= client.mailbox;
