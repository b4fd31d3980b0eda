// Mail that keeps coming: what a sales day brings, in a fixed order so that a session can be told again.

const paragraphs = (...lines) => lines.map((line) => `<p>${line}</p>`).join('');

const pool = [
  { colleague: 0, subject: 'Do you have five minutes?', lines: ['Hi,', 'I am stuck with the margin sheet. Do you have five minutes before lunch?'] },
  { from: ['Grace Ito', 'grace.ito@lucerne.example'], subject: 'Your call yesterday', lines: ['Hello,', 'I was on the line when you rang. We look at new suppliers in January: what would you need from us?'] },
  { colleague: 1, subject: 'Coffee machine on the third floor', lines: ['Hi all,', 'The machine is back. Please use the new filters.'] },
  { from: ['Eva Kern', 'eva.kern@fabrikam.example'], subject: 'Training dates for our new operators', lines: ['Hi,', 'We have four new operators. Which dates in December are still free?'] },
  { from: ['Market Morning', 'post@marketmorning.example'], subject: 'Steel prices ease for a third week', lines: ['Prices eased again. Analysts expect a calm December.'], headers: [['List-Unsubscribe', '<https://marketmorning.example/leave>'], ['Precedence', 'bulk']] },
  { colleague: 2, subject: 'Which case study fits a food plant?', lines: ['Hi,', 'I meet a dairy on Thursday. Which of our case studies would you take?'] },
  { from: ['Oscar Meier', 'oscar@blueyonder.example'], subject: 'Recommended by Anna Brandt', lines: ['Good day,', 'Anna Brandt gave me your name. We have the same trouble with changeovers. Could you ring me?'] },
  { from: ['Karim Saleh', 'karim@northwind.example'], subject: 'Portal shows last week’s report', lines: ['Hello,', 'The portal still shows the report of last week. Can someone look at it?'] },
  { colleague: 0, subject: 'Minutes of yesterday’s call', lines: ['Hi,', 'Minutes are in the folder. Your point is the second one: please say if I got it wrong.'] },
  { from: ['Booking', 'no-reply@travel.example'], subject: 'Your train to Bremen is confirmed', lines: ['Departure 07:41, carriage 23, seat 54.'], headers: [['Auto-Submitted', 'auto-generated']] },
];

let turn = 0;

/** @param colleagues users of the same tenant, the mailbox's owner left out */
export function nextArrival(colleagues) {
  const mail = pool[turn++ % pool.length];
  const colleague = colleagues.length > 0 ? colleagues[(mail.colleague ?? 0) % colleagues.length] : null;
  if (!mail.from && !colleague) return nextArrival(colleagues);
  const [name, address] = mail.from ?? [colleague.name, colleague.user];
  return {
    subject: mail.subject,
    from: { emailAddress: { name, address } },
    body: { contentType: 'html', content: paragraphs(...mail.lines, name.split(' ')[0]) },
    internetMessageHeaders: (mail.headers ?? []).map(([header, value]) => ({ name: header, value })),
  };
}
