import type { PlanWords } from './en';

const number = (amount: number) => amount.toLocaleString('ja');

export const planWords: PlanWords = {
  failed: '計画を読み込めませんでした。',
  notTaken: '受け付けられませんでした。',
  save: '保存',
  discuss: '計画について上司に相談する',

  comesTo: '計画の合計',
  nothingAsked: '今は求められている目標がありません。',
  sumOf: (asked, period) => `${period}：${asked}`,
  aDay: (perDay) => `1日${number(perDay)}`,
  done: (amount) => `完了${number(amount)}`,
  halves: (days) => `半日${number(days)}日`,
  sum: (equation, asked) => `${equation}、目標${number(asked)}`,
  short: (total, asked) => `合計${number(total)}で、目標の${number(asked)}には届きません。`,
  todayNow: (goal, before) => `今日は${number(before)}ではなく${goal}です。`,
  easier: '今より軽くなるため、明日から有効です。休みはすぐに有効です。',

  checkpoints: '区切り',
  when: '時刻',
  howMuch: 'それまでに進める割合',
  timeOf: (nth) => `区切り${nth}の時刻`,
  shareBy: (time) => `${time}までの割合`,
  percent: (amount) => `${amount}%`,
  add: '区切りを追加',
  remove: (time) => `${time}を削除`,
  usual: 'いつもの区切りに戻す',

  margin: '余裕',
  marginWhy: '求められた数より少し多めにして、調子の出ない日に備えます。あなただけに表示されます。',
  keepsPace: (date) => `${date}まで今のペースのままです。取り戻しはしません。`,
  makeUp: 'また取り戻す',

  daysOff: '休み',
  pressDays: '日付を1回押すと休み、2回押すと半日になります。',
  monthBefore: '前の月',
  monthAfter: '次の月',
  noDays: '休みの予定はありません。',
  away: { worked: '予定なし', off: '休み', half: '半日' },
};
