// Believable mail for the "New mail" button. Customers and machines are made up; colleagues are the tenant's own users.
const fromColleagues = [
  ['Slides for Thursday', 'Could you look over slides 4 to 9 before lunch? I would like to send them out today.'],
  ['Quick question about the Fabrikam quote', 'They are asking whether the second year is included. What did you agree on?'],
  ['Expense report', 'Your October report is still open. Can you hand it in this week?'],
  ['Team lunch on Friday?', 'Who is in? I would book the Italian place for half past twelve.'],
];

const fromOthers = [
  { name: 'Dana Whitfield', address: 'dana.whitfield@fabrikam.com', subject: 'Delivery dates for the second batch', text: 'Hello,\n\nour warehouse needs the dates by tomorrow evening. Can you tell us when the second batch leaves?\n\nBest regards\nDana Whitfield' },
  { name: 'Pablo Ruiz', address: 'pablo.ruiz@northwindtraders.com', subject: 'Contract: two open points', text: 'Hi,\n\nwe are nearly there. Two points are left: the notice period and the discount from 50 seats on.\n\nPablo' },
  { name: 'Hana Sato', address: 'hana.sato@tailspintoys.com', subject: 'Demo next week', text: 'Would Tuesday at 10:00 suit you for the demo? There will be four of us.' },
  { name: 'Weekly Retail Brief', address: 'news@retailbrief.example', subject: 'This week in retail: five numbers', text: 'Five numbers worth knowing before Monday.', headers: [['List-Unsubscribe', '<https://retailbrief.example/leave>'], ['List-Id', '<weekly.retailbrief.example>'], ['Precedence', 'bulk']] },
  { name: 'Booking desk', address: 'noreply@trains.example', subject: 'Your ticket for 4 December', text: 'Thank you for your booking. Your ticket is attached.', headers: [['Auto-Submitted', 'auto-generated']] },
];

let last = -1;

export function sampleMail(user, users) {
  const colleagues = users.filter((other) => other.user !== user.user && other.user.split('@')[1] === user.user.split('@')[1]);
  const fromColleague = colleagues.length > 0 && Math.random() < 0.5;
  const { name, address, subject, text, headers } = fromColleague ? colleague(any(colleagues)) : fromOthers[another()];
  const message = {
    subject,
    from: { emailAddress: { name, address } },
    toRecipients: [{ emailAddress: { name: user.name, address: user.user } }],
    body: { contentType: 'text', content: text },
  };
  return headers ? { ...message, internetMessageHeaders: headers.map(([header, value]) => ({ name: header, value })) } : message;
}

function colleague(other) {
  const [subject, text] = any(fromColleagues);
  return { name: other.name, address: other.user, subject, text: `Hi,\n\n${text}\n\n${other.name.split(' ')[0]}` };
}

/** Never the same one twice in a row. */
function another() {
  last = (last + 1 + Math.floor(Math.random() * (fromOthers.length - 1))) % fromOthers.length;
  return last;
}

const any = (list) => list[Math.floor(Math.random() * list.length)];
