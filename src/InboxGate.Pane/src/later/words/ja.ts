// The words of the parts that come later, in Japanese.
import { words } from '../../words';
import type { LaterWords } from './en';

const number = (amount: number) => amount.toLocaleString('ja');
const mails = (amount: number) => `メール${number(amount)}通`;

const periods: Record<string, string> = { day: '今日', week: '今週', month: '今月', quarter: '今四半期' };

export const laterWords: LaterWords = {
  problem: {
    consentMissing: 'ルールは停止中です。組織がまだInboxGateにメールボックスの閲覧を許可していません。管理者が許可できます。',
    accessDenied: 'ルールは停止中です。InboxGateはメールボックスを閲覧できません。管理者が許可できます。',
    mailboxNotFound: 'ルールは停止中です。あなたのメールボックスが見つかりません。管理者に確認を依頼してください。',
    secretExpired: 'ルールは停止中です。InboxGate自体のサインインの期限が切れました。管理者が更新できます。',
    tokenRefused: 'ルールは停止中です。InboxGateがMicrosoftにサインインできません。管理者に確認を依頼してください。',
    signInNeeded: 'ルールは停止中です。Microsoftが再度のサインインを求めています。',
    signInRefused: 'ルールは停止中です。MicrosoftがInboxGateのサインインを受け付けません。管理者に確認を依頼してください。',
    graphUnavailable: 'ルールは停止中です。現在Microsoftから応答がありません。自動的に再開します。',
    watchFailed: 'ルールは停止中です。InboxGate側で問題が起きています。自動的に再試行します。',
  },
  meanwhile: 'それまではすべて返信できます。電話はいつもどおり数えられます。',
  signInAgain: 'もう一度サインイン',
  throttled: 'Microsoftが一時的な間隔を求めています。新着メールの表示が少し遅れます。',
  change: '変更',

  catchingUp: (read, of) => (of === null ? `追いついています：これまでに${mails(read)}` : `追いついています：${mails(of)}のうち${number(read)}通`),

  assumed: (what, hours, timeZone) => {
    const unknown = what.timeZone && what.workingHours ? '勤務時間とタイムゾーン' : what.timeZone ? 'タイムゾーン' : '勤務時間';
    const taken = what.workingHours && hours ? `${hours}、${timeZone}` : timeZone;
    return `${unknown}が不明なため、${taken}としています。Outlookの設定か管理者が変更できます。`;
  },
  hours: (from, to) => `${from}～${to}`,
  delegated: '送信済みメールはこのウィンドウを開いたときに数えます。数字が遅れることがあります。',

  firstRun: {
    title: '過去14日間でルールを試す',
    text: 'どのメールが保留になったかを確認し、違うところを直せます。',
    look: '過去14日間を見る',
    later: '今はしない',
  },

  close: '閉じる',
  tryAgain: 'もう一度試す',
  sheetFailed: '読み込めませんでした。オンラインに戻れば開けます。',
  plan: { title: '自分の計画', open: '計画と休みを変更する' },
  prospects: { title: '見込み客', open: '見込み客を見る' },
  history: { title: '振り返り', open: 'ここ数週間を見る' },
  privacy: { title: 'あなたのデータ', open: '自分のデータを保存または消去' },
  dryRun: {
    title: '過去14日間',
    asking: '誰がいつ書いたかを読み取っています。保存はしません。',
    askingAgain: 'もう一度確認しています…',
    failed: '過去14日間を読み取れませんでした。',
    heldOf: (amount) => `通が保留（全${mails(amount)}）`,
    since: (date) => `${date}から。`,
    joined: (amount) => `すでに保留中の会話に、ほか${mails(amount)}。`,
    passed: (amount) => `すぐ返信できるメールは${number(amount)}通。`,
    shared: (amount) => `${words.calls(amount)}で、保留中のメールは何通でもすべて返信できます。`,
    truncated: (date) => `一度に読み取れる量を超えたため、${date}からの表示です。`,
    noMail: (date) => `${date}から届いたメールはありません。`,
    noneHeld: '保留になるメールはありませんでした。',
    caption: '差出人別の保留メール',
    sender: '差出人',
    held: '保留',
    mails: '全体',
    callsFirst: (amount) => (amount > 0 ? `先に${words.calls(amount)}` : '電話不要'),
    passedTitle: (senders) => `すぐ返信できる差出人${number(senders)}名`,
    passedCaption: 'すぐ返信できるメール（差出人別）',
    more: (senders) => `ほか${number(senders)}名`,
    decide: '選んでください',
    keepOn: 'ルールを使い続ける',
    turnOn: 'ルールをオンにする',
    keepOff: '今はオフのまま',
    turnOff: '今はオフにする',
    pause: '明日まで一時停止',
  },

  correct: {
    open: '分類が違いますか？',
    ask: 'どなたですか？',
    scope: '対象',
    address: 'このアドレス',
    domain: (domain) => `${domain}の全員`,
    made: (entry, kind) => `${entry}は「${kind}」になりました。`,
    undo: '元に戻す',
  },

  waiver: {
    open: '今すぐ返信',
    title: '今すぐ返信する理由',
    left: (left, today) => (left > 0 ? `残り${left}／${left + today}` : '今日の残りはありませんが、使えます'),
    leftTitle: '緊急の返信',
    leftSpelt: (left) => `緊急の返信：${left}。`,
    reasons: ['顧客が待っている', '上司に頼まれた', '1分で済む'],
    own: '別の理由',
    send: '今すぐ返信',
    takeBack: '元に戻す',
    private: '理由はあなただけに表示されます。',
  },

  waiting: {
    title: '保留中',
    summary: (held, oldest) => `${held}件保留、最も古いもの：${oldest}`,
    earned: '達成',
    left: (amount) => `あと${words.calls(amount)}`,
    none: '保留中のメールはありません。',
    noSubject: '（件名なし）',
    more: (amount) => `ほか${amount}件`,
  },

  age: (minutes) =>
    minutes < 1 ? 'たった今' : minutes < 60 ? `${minutes}分` : minutes < 24 * 60 ? `${Math.floor(minutes / 60)}時間` : `${Math.floor(minutes / 1440)}日`,

  day: {
    emails: '見込み客へのメール',
    line: (start, end, now) => (now ? `${start}から${end}までの一日。現在${now}。` : `${start}から${end}までの一日。`),
  },

  behind: {
    title: '取り戻すには',
    by: (behind, unit, period, month) => `${period === 'month' ? month : periods[period] ?? period}のペースまで、あと${words.ofAmount(behind, unit)}です。`,
    until: (period, day, date) => (period === 'week' ? '週末まで' : period === 'month' ? `${day}日まで` : `${date}まで`),
    closes: (more, until) => `${until}1日あと${number(more)}件で追いつきます。`,
    closesAnyway: (normalDay, until) => `いつもどおり${until}1日${number(normalDay)}件で追いつきます。`,
    or: (normalDay, finishAt) => `または1日${number(normalDay)}件のままで、${number(finishAt)}件になります。`,
    beyond: (atMost, unit, until) => `${until}毎日目いっぱいで、最大${words.ofAmount(atMost, unit)}です。`,
    choose: '選んでください',
    more: (more) => `1日あと${number(more)}件`,
    goFor: (atMost) => `${number(atMost)}件を目指す`,
    keep: (normalDay) => `${number(normalDay)}件のまま`,
    notNow: '今はしない',
    understood: '了解',
    made: (more, until) => `${until}、1日あと${number(more)}件。`,
    full: (until) => `${until}、毎日目いっぱい。`,
    kept: (normalDay, until) => `${until}、1日${number(normalDay)}件。`,
    tomorrow: '明日から有効です。',
    undo: '元に戻す',
  },

  mail: {
    write: '上司にメールを書く',
    openElsewhere: 'メールソフトで開く',
    hello: 'お疲れさまです。',
    ask: '一度ご相談させてください。',
    period: (period, month) => (period === 'month' ? month : periods[period] ?? period),
    subject: (period) => `目標について：${period}`,
    doneOf: (done, amount, unit) => `${words.ofAmount(amount, unit)}のうち${number(done)}完了。`,
  },

  targets: {
    title: '目標',
    line: ({ done, amount, unit, period }) => `${periods[period] ?? period}：${words.ofAmount(amount, unit)}のうち${number(done)}`,
    left: (left, days) => `残り${number(left)}、営業日${days}日`,
    finish: (dayGoal, total) => `1日${dayGoal}で${number(total)}に届きます`,
    closed: '目標達成',
  },

  next: {
    title: '次の電話',
    call: (name) => `${name}に電話する`,
    callOf: (name, at, of) => `${name}に電話する（${of}件中${at}件目）`,
    dial: '電話する',
    there: (time) => `現地は${time}`,
    because: {
      followUpDue: (days) => (days > 0 ? `フォローの予定日から${days}日` : '今日がフォローの予定日'),
      neverContacted: () => 'まだ連絡していません',
      longestUntouched: (days, by) => (by === 'mail' ? (days > 0 ? `メールから${days}日` : '今日メールしました') : `前回の電話から${days}日`),
    },
    lastCall: (day) => `前回の電話：${day}`,
    lastCallWith: (day, outcome) => `前回の電話：${day}（${outcome}）`,
    lastMail: (day) => `前回のメール：${day}`,
    how: (name) => `${name}との電話はどうでしたか`,
    unsaid: '結果なしで記録',
    notCalled: '電話していません',
    notNow: '今はしない',
    notNowWith: (name) => `今はしない：${name}`,
    skip: '今日はしない',
    tomorrow: '明日',
    nextWeek: '来週',
    from: '開始日',
    putOff: '延期する',
    never: '今後しない',
    off: {
      skip: (name) => `${name}：今日はしません。`,
      later: (name, day) => `${name}：${day}から。`,
      never: (name) => `${name}：今後は表示しません。`,
    },
    undo: '元に戻す',
    none: {
      noProspects: 'リストに見込み客がまだいません。',
      noNumbers: '電話番号のある見込み客がまだいません。',
      outsideHours: '見込み客のいる場所は電話の時間外です。',
      allCalledToday: '今電話できる人は全員、電話済みか延期済みです。',
    },
    prospects: '見込み客を開く',
    offline: '電話する相手はオンラインになると表示されます。',
  },

  oldCalls: {
    title: (amount) => `送信できなかった${words.calls(amount)}`,
    explain: '7日より前の電話か、サーバーが受け付けなかった電話です。どうするかはあなたが決めます。',
    made: (when) => `${when}の電話`,
    countNow: '今の電話として数える',
    forget: '削除する',
  },

  several: {
    open: 'まとめて記録',
    how: '電話の件数',
    add: (amount) => `${words.calls(amount)}を数える`,
    explain: '1件ずつ取り消せます。',
  },

  outcome: {
    title: '電話の結果は？',
    at: (time) => `${time}の電話`,
    nth: (number) => `${number}件目の電話`,
    none: '未入力',
    of: { noAnswer: '応答なし', voicemail: '留守番電話', talked: '話せた', meeting: '商談', wrongNumber: '番号違い' },
  },

  reward: {
    goal: '今日の目標を達成しました。ここからは上乗せです。',
    earned: (name) => `達成：${name}さんに返信できます`,
    earnedMany: (amount) => `返信${number(amount)}件を達成`,
    answer: '返信',
    answerName: (name) => `${name}さんに返信`,
  },

  rehearsal: {
    title: '今日のルール',
    rule: (amount) => `見込み客以外からのメールには、先に${words.calls(amount)}、それから返信する。`,
    pieces: '今日の区切り',
    piece: (amount, unit, by) => `${by}${words.ofAmount(amount, unit)}`,
    begin: '始める',
    setting: '毎朝ルールを確認する',
    settingExplain: 'その日初めて開いたときに、あなたのルールと一日の区切りを表示します。',
  },

  pin: {
    text: '上部のピンでこのウィンドウを固定すると、選択したメールに合わせて表示が変わります。',
    done: '分かりました',
  },

  signInTrouble: {
    blocked: 'ブラウザーがサインインのウィンドウを開きませんでした。このページで許可してから、もう一度試してください。',
    cancelled: 'サインインが完了する前に閉じられました。いつでももう一度試せます。',
    consent: 'まず管理者によるInboxGateの承認が必要です。',
    offline: 'サインインに接続できません。オンラインになったら、もう一度試してください。',
    foreign: 'このアカウントの組織ではInboxGateが設定されていません。職場のアカウントでサインインしてください。',
    otherAccount: 'このメールボックスとは別のアカウントです。メールボックスのアカウントでサインインするか、同じアカウントで続ける場合はもう一度選んでください。',
  },

  settings: {
    title: '設定',
    dryRun: '過去14日間に保留になったメールを見る',
    tomorrow: '明日',
    gate: 'ルール',
    gateExplain: '見込み客以外のメールは、返信の前に電話を求めます。',
    paused: (until) => `${until}まで一時停止中`,
    resume: '一時停止を終える',
    pause: '一時停止',
    hour: '1時間',
    today: '今日の残り',
    until: '再開日',
    untilSet: '一時停止する',
    marks: 'メール一覧に印を付ける',
    marksExplain: '「InboxGate: 3 calls first」のような分類が保留中のメールに付きます。ご自分の分類はそのまま残ります。',
    marksProblem: {
      marksDenied: 'まだ印は付いていません。管理者が与える権限が必要です。毎日再試行します。',
    },
    teams: 'Microsoft Teamsで電話する',
    teamsExplain: 'オフのときは、この端末の電話アプリを使います。',
    marksOtherwise: '現在メールに印を付けられません。自動的に再試行します。',
    asking: '読み込んでいます…',
    failed: '保存できませんでした。',
    saved: '保存しました。',
    signOut: 'サインアウト',
  },
};
