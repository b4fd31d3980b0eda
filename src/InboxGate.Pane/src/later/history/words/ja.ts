import { words } from '../../../words';
import type { HistoryWords } from './en';

const number = (amount: number) => amount.toLocaleString('ja');

export const historyWords: HistoryWords = {
  asking: 'これまでの日を読み込んでいます。',
  failed: 'これまでの日を読み込めませんでした。',
  nothingYet: '最初に終えた日は、明日ここに表示されます。',
  span: 'さかのぼる期間',
  spans: { fourWeeks: '4週間', thirteenWeeks: '13週間', year: '1年' },
  unit: '数えるもの',
  units: { calls: '電話', emails: 'メール', meetings: '商談' },
  asTable: '表で見る',
  asPicture: '表を閉じる',
  keys: '矢印キーで棒を1本ずつ確認できます。',
  streak: '連続日数',
  streakNow: '現在',
  streakLongest: '最長',

  goals: {
    title: '日々の目標と実績',
    sum: (met, asked) => (asked === 0 ? '目標のある日はありませんでした。' : `目標のあった${asked}日のうち${met}日で達成。`),
    total: (done, unit) => `合計${words.ofAmount(done, unit)}。`,
    met: '目標達成',
    short: '目標未満',
    free: '目標なし',
    goal: '目標',
  },
  weekdays: {
    title: '曜日ごと',
    sum: (day, perDay) => `電話が最も多いのは${day}、平均${perDay}件。`,
    perDay: '1日の電話',
  },
  hours: {
    title: '時間ごと',
    sum: (from, to, calls) => `電話が最も多いのは${from}から${to}、${number(calls)}件。`,
    calls: '電話',
  },
  noCalls: 'この期間の電話はありません。',
  answers: {
    title: '保留メールへの返信',
    sum: (earned, early) => `電話で得た返信${number(earned)}件、先に返した返信${number(early)}件。`,
    none: 'この期間に返信した保留メールはありません。',
    earned: '電話で獲得',
    early: '先に返信',
  },
  column: {
    day: '日', week: '週', weekday: '曜日', hour: '時間', done: '実績', goal: '目標', met: '達成日', days: '日数',
    average: '1日平均', calls: '電話', earned: '獲得', early: '先に返信',
  },
  metOf: (met, asked) => `${asked}日中${met}日`,
  point: (name, values) => `${name}：${values}`,
  doneOfGoal: (done, unit, goal) => (goal > 0 ? `${words.ofAmount(done, unit)}、目標${number(goal)}` : words.ofAmount(done, unit)),
  earnedAndEarly: (earned, early) => `獲得${earned}、先に返信${early}`,

  csv: 'CSVで保存',
  csvFailed: 'ファイルを取得できませんでした。',
  csvSaved: '保存しました。',
};
