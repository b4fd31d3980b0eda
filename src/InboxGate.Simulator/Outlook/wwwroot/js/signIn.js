// Outlook's side of nested app authentication: it knows who is there and hands their tokens to the add-in.
import * as simulator from './simulator.js';

const refuse = (status, code, description) => {
  throw { status, code, description };
};

/** @param outlook user(), roles(), signedOut(), signIn() */
export async function signIn(outlook, { method, tokenParams }, mayAsk) {
  if (method !== 'GetInitContext' && method !== 'GetToken' && method !== 'GetTokenPopup') refuse('PERSISTENT_ERROR', 'unsupported', `${method} is not known.`);
  if (method === 'GetTokenPopup') {
    if (!mayAsk) refuse('PERSISTENT_ERROR', 'native_executor_error', 'Nobody can be asked in event-based activation.');
    outlook.signIn();
  }
  if (method === 'GetToken' && outlook.signedOut()) refuse('USER_INTERACTION_REQUIRED', 'login_required', 'Sign in again.');
  const accessToken = await simulator.token(outlook.user().user, outlook.roles()).catch((error) =>
    error instanceof TypeError ? refuse('NO_NETWORK', 'offline', 'The issuer cannot be reached.') : refuse('PERSISTENT_ERROR', 'token', error.message));
  const claims = claimsOf(accessToken);
  const account = {
    homeAccountId: `${claims.oid}.${claims.tid}`,
    localAccountId: claims.oid,
    tenantId: claims.tid,
    environment: new URL(claims.iss).host,
    username: claims.preferred_username,
    name: claims.name,
  };
  if (method === 'GetInitContext') {
    const { homeAccountId, environment, tenantId } = account;
    return { initContext: { sdkName: 'outlook-look-alike', sdkVersion: '1.0.0', accountContext: { homeAccountId, environment, tenantId }, capabilities: {} } };
  }
  return {
    token: {
      access_token: accessToken,
      id_token: idToken(claims, tokenParams.clientId),
      expires_in: claims.exp - Math.floor(Date.now() / 1000),
      scope: tokenParams.scope,
      token_type: 'Bearer',
    },
    account,
  };
}

const claimsOf = (jwt) =>
  JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))));

/** Nothing may be decided by an ID token, so this one is well formed and not signed. */
function idToken(claims, clientId) {
  const { iss, iat, nbf, exp, oid, tid, sub, name, preferred_username } = claims;
  const part = (value) =>
    btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value)))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ aud: clientId, iss, iat, nbf, exp, oid, tid, sub, name, preferred_username, ver: '2.0' })}.`;
}
