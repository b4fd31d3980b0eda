import type { SignInTrouble } from './types';

/** What the library's errors are made of, whichever way was taken. */
interface Told { errorCode?: string; subError?: string; errorMessage?: string; message?: string }

const offline = ['no_network_connectivity', 'network_error', 'post_request_failed', 'get_request_failed', 'endpoints_resolution_error', 'openid_config_error'];
const blocked = ['popup_window_error', 'empty_window_error'];
const cancelled = ['user_cancelled', 'user_canceled', 'interaction_in_progress_cancelled', 'timed_out', 'access_denied'];

/** Consent that nobody or only an administrator can give; an account or tenant that the application is not there for. */
const consent = /AADSTS(65001|90093|90094|90095)\b/;
const foreign = /AADSTS(50020|50034|50128|50178|50105|700016|90002|90072)\b/;

export function troubleIn(error: unknown): SignInTrouble {
  const { errorCode = '', subError = '', errorMessage, message } = (error ?? {}) as Told;
  const text = `${errorMessage ?? ''} ${message ?? ''}`;
  if (isOffline(error)) return 'offline';
  if (blocked.includes(errorCode)) return 'blocked';
  if (consent.test(text) || errorCode === 'consent_required' || subError === 'consent_required') return 'consent';
  if (foreign.test(text)) return 'foreign';
  return cancelled.includes(errorCode) ? 'cancelled' : 'failed';
}

export function isOffline(error: unknown): boolean {
  return !navigator.onLine || error instanceof TypeError || offline.includes((error as Told | null)?.errorCode ?? '');
}
