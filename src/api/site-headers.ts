import { isApiPath } from './site-path.ts';

/** Sent with every response. No inline script or style runs, nothing is loaded from elsewhere, nobody frames the pages. Workers start from a blob: then the page's own policy binds them. No `cross-origin-opener-policy`: it makes a browser start another process for the first page (decision 10), and nobody is signed in whom it would protect. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-resource-policy': 'same-origin',
};

/** Other sites may read the API, and its tags so that they can ask again cheaply. */
const API_HEADERS: Readonly<Record<string, string>> = {
  ...SECURITY_HEADERS,
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag',
  'cross-origin-resource-policy': 'cross-origin',
};

/** A picture of a path, which other sites may frame: it runs no script. */
const PICTURE_PATH = /^\/?incidents\/[^/]+\/path\.svg$/;
const PICTURE_HEADERS: Readonly<Record<string, string>> = {
  ...SECURITY_HEADERS,
  'content-security-policy': "default-src 'none'; frame-ancestors *",
  'cross-origin-resource-policy': 'cross-origin',
};

/** Headers that every answer at a path has. */
export function headersOf(path: string, method: string): Readonly<Record<string, string>> {
  const shared = isApiPath(path) && (isRead(method) || path === '/api/v1/check');
  return shared ? API_HEADERS : PICTURE_PATH.test(path) ? PICTURE_HEADERS : SECURITY_HEADERS;
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
