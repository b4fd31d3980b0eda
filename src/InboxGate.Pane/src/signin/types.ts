export interface SignInSettings { clientId: string; authority: string; scope: string }

/** Why a click on "Sign in" led to nothing, as far as it can be told; signInTroubleWords (later/words.ts) says each. */
export type SignInTrouble =
  | 'blocked'
  | 'cancelled'
  /** An administrator has to approve the application first. */
  | 'consent'
  | 'offline'
  /** The account's organisation is not served. */
  | 'foreign'
  /** Another account than the mailbox's. */
  | 'otherAccount'
  | 'failed';

export interface SignedIn {
  accessToken: string;
  /** Epoch milliseconds. */
  expiresOn: number;
  username: string;
}

/** What signin.html says to the pane that opened it as a dialog. */
export type DialogAnswer = SignedIn | { trouble: SignInTrouble };
