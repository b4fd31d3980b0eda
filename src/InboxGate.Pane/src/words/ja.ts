// The words of the pane in Japanese. The gate is "ルール", what it holds is "保留". There is no plural.
import type { Words } from './en';

const numbers = new Intl.NumberFormat('ja');
const calls = (amount: number) => `電話${numbers.format(amount)}件`;
const amountOf = (amount: number, unit: string | null) =>
  unit === 'emails' ? `メール${numbers.format(amount)}通` : unit === 'meetings' ? `商談${numbers.format(amount)}件` : calls(amount);


export const words: Words = {
  locale: 'ja',
  direction: 'ltr',
  product: 'InboxGate',
  calls,
  ofAmount: amountOf,
  today: '今日',
  callsOf: (goal) => (goal > 0 ? `／${numbers.format(goal)}件` : '件の電話'),
  callsSpoken: (done, goal) => (goal > 0 ? `今日は${calls(goal)}のうち${done}件` : `今日は${calls(done)}`),
  goalMet: '今日の目標を達成',
  dayOff: '今日はお休みです。目標はありません。',
  streak: (days) => `${days}日連続`,
  counts: (unit, done, goal) => (goal > 0 ? `${amountOf(done, unit)}／${goal}` : amountOf(done, unit)),
  asOf: (time) => `${time}時点`,
  checkpoints: '区切り',
  checkpointName: ({ key, name }) => (key === 'lunch' ? '昼' : key === 'leaving' ? '退勤' : name),
  checkpointState: { kept: '達成', missed: '経過', next: '次', later: 'このあと' },
  checkpointSpoken: (name, due, unit, state) => `${name}：${amountOf(due, unit)}、${state}`,
  by: ({ key, name }) => (key === 'lunch' ? '昼までに' : key === 'leaving' ? '退勤までに' : `${name}までに`),
  kept: ({ key, name }) => (key === 'lunch' ? '昼の目標を達成。' : key === 'leaving' ? '一日の目標を達成。' : `${name}の目標を達成。`),
  keptThenNext: (kept, due, by) => `${kept}次は${by}${due}件。`,
  progress: (done, due, by) => (done * 2 < due ? `${by}${due}件のうち${done}件完了。` : `${by}あと${due - done}件。`),

  nextStep: {
    offHours: '勤務時間外です。自由に返信できます。',
    gate: (amount, name) => `${calls(amount)}のあと、${name ? `${name}さんに返信` : '返信できます'}。`,
    small: (amount, unit) => `次は${amountOf(amount, unit)}。`,
    emails: (amount) => `見込み客に${amountOf(amount, 'emails')}を書きましょう。`,
    done: '完了。ここからは上乗せです。',
    noGoal: '今日の目標はありません。一件一件が力になります。',
  },

  callMade: '電話済み',
  callMadeOf: (number, of) => `電話済み（${of}件中${number}件目）`,
  undo: '直前の電話を取り消す',
  announceCall: (done) => `今日は${calls(done)}。`,
  announceUndo: (done) => `取り消しました。今日は${calls(done)}。`,
  waitingToBeSent: (amount) => `${calls(amount)}が送信待ち`,

  gate: {
    title: 'このメール',
    calls: (amount) => `返信の前に${calls(amount)}`,
    dots: (made, required) => `${calls(required)}のうち${made}件完了`,
    earned: '達成：返信できます',
    earnedReply: '達成：送信できます',
    reply: '返信',
    off: 'いつでも返信できます。',
    closed: {
      answered: '返信済みです。',
      waived: '今すぐ返信できます。理由はあなただけのものです。',
      expired: '期限が過ぎました。いつでも返信できます。',
      released: '電話は不要です。いつでも返信できます。',
    },
    checking: 'このメールを確認しています…',
    unchecked: 'このメールを確認できませんでした。いつでも返信できます。',
    none: 'メールが選択されていません。選択すると、返信までの状況が表示されます。',
    several: '複数のメールが選択されています。1通だけ選択すると、返信までの状況が表示されます。',
    newMail: '新しいメールです。電話は不要です。',
    replyFree: 'この返信に電話は不要です。',
    invitation: '会議の招待です。電話は不要です。',
    unsupported: '確認するものはありません。電話は不要です。',
    shared: '共有メールボックスです。電話は不要です。',
    notInOutlook: 'OutlookでInboxGateを開くと、メールごとの状況が表示されます。',
  },

  someone: '差出人',

  free: {
    prospect: '見込み客です。先に返信しましょう。',
    customer: '顧客です。電話は不要です。',
    colleague: '同僚です。電話は不要です。',
    vip: '今すぐ返信できます。電話は不要です。',
    other: '電話は不要です。',
    automated: '自動送信メールです。電話は不要です。',
    unknown: '新しい差出人：見込み客ですか？',
  },

  kind: {
    prospect: '見込み客',
    customer: '顧客',
    colleague: '同僚',
    vip: 'VIP',
    other: '見込み客ではない',
    automated: '自動送信',
    unknown: '新しい差出人',
  },

  because: {
    self: () => 'あなた自身が書いたメールです。',
    listedAddress: ({ name, match, kind }) => `${name}さんはリストで「${kind}」です${inBrackets(match)}。`,
    manager: ({ name }) => `${name}さんはあなたの上司です。`,
    machine: ({ match }) => `自動で送信されたメールです${inBrackets(match)}。`,
    listedDomain: ({ name, match, kind }) => `${name}さんの会社はリストで「${kind}」です${inBrackets(match)}。`,
    tenantDomain: ({ name, match }) => `${name}さんは同僚です${inBrackets(match.startsWith('/') ? '' : match)}。`,
    youWroteFirst: ({ name }) => `あなたが先に${name}さんへ書きました。`,
    unknownSender: ({ name }) => `${name}さんが誰か、まだ分かっていません。`,
  },

  banner: {
    calls: (amount) => `返信の前に${calls(amount)}`,
    earned: '達成：返信できます',
    unknown: '新しい差出人：見込み客ですか？',
  },

  gateOff: {
    offHours: '勤務時間外です。自由に返信できます。',
    outOfOffice: '自動応答がオンです。何も保留されません。',
    mailboxUnreachable: 'ルールは停止中です。メールボックスに接続できません。すべて返信できます。',
    notWatching: 'ルールは停止中です。メールボックスの確認がまだ始まっていません。すべて返信できます。',
    paused: 'ルールは一時停止中です。すべて返信できます。',
  },
  settings: '設定',
  gateOffOtherwise: 'ルールは停止中です。すべて返信できます。',

  link: {
    loading: '読み込んでいます…',
    offline: 'オフラインです。電話は保存され、あとで送信されます。すべて返信できます。',
    error: '状況を読み込めませんでした。すべて返信できます。',
    retry: 'もう一度試す',
    signedOutTitle: '電話3件、それから返信',
    signedOut: 'InboxGateは見込み客への電話を数え、返信してよいタイミングを示します。受信トレイのメールが隠れたり止まったりすることはありません。',
    signedOutShort: 'サインアウトしています。電話は保存され、サインインすると送信されます。',
    signIn: 'サインイン',
    signInFailed: 'サインインが完了しませんでした。もう一度試すか、管理者にInboxGateの承認を依頼してください。',
  },
};

function inBrackets(match: string): string {
  return match ? `（${match}）` : '';
}
