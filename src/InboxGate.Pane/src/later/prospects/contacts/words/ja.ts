import type { ContactWords } from './en';

const number = (amount: number) => amount.toLocaleString('ja');

export const contactWords: ContactWords = {
  title: 'Outlookの連絡先',
  explain: '連絡先のフォルダーや分類項目にいる人をリストに加え、そこでの変更に合わせます。読み取るのは名前、会社、アドレス、電話番号だけです。',
  failed: '連絡先を読み取れませんでした。',
  offline: '接続できません。何も変更していません。',

  folder: 'フォルダー',
  category: '分類項目',
  kind: '種類',
  usual: '連絡先',
  all: '全員',
  choose: '最新に保つ',
  enough: '連絡先の取り込み元は5つまでです。別のものを選ぶには、どれかを外してください。',

  part: (folder, category) => `${folder}、分類項目「${category}」`,
  people: (count) => `${number(count)}人`,
  readAt: (when) => `${when}現在`,
  reading: '読み取り中',
  leave: '外す',
  leaveSpoken: (what) => `${what}を外す`,
  left: (what) => `${what}はもうリストに取り込まれません。`,
  undo: '元に戻す',

  problem: {
    contactsDenied: 'InboxGateは連絡先を読み取れません。管理者が許可できます。ほかの機能はそのまま使えます。',
    contactFolderGone: 'このフォルダーはもうメールボックスにありません。',
    contactsTooMany: '20,000件を超えています。残りは取り込みません。',
    throttled: 'Microsoftが少し待つよう求めています。連絡先は後で読み取ります。',
    signInNeeded: 'Microsoftがもう一度サインインするよう求めています。',
  },
  problemOtherwise: '今は連絡先を読み取れません。自動的にもう一度試します。',
};
