/**
 * Credentials that are known by their form alone, whatever they are called. All start with fixed characters and
 * repeat single classes, so matching is linear.
 */
const KNOWN_FORMS = new RegExp(
  [
    /\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[0-9A-Z]{12,}/, // AWS
    /\bgh[pousr]_[A-Za-z0-9]{16,}|\bgithub_pat_[A-Za-z0-9_]{16,}/,
    /\bgl(?:pat|dt|rt|soat|ptt|cbt|ft|imt|agent)-[A-Za-z0-9_-]{12,}/, // GitLab
    /\bxox[a-z]-[A-Za-z0-9-]{8,}|\bxapp-[A-Za-z0-9-]{8,}|hooks\.slack\.com\/services\/[A-Za-z0-9/]{8,}/,
    /discord(?:app)?\.com\/api\/webhooks\/[\w/-]{8,}/,
    /\bAIza[0-9A-Za-z_-]{20,}|\bya29\.[0-9A-Za-z_-]{16,}|\bGOCSPX-[0-9A-Za-z_-]{16,}/, // Google
    /\b[srp]k_(?:live|test)_[0-9A-Za-z]{8,}|\bwhsec_[0-9A-Za-z]{8,}/, // Stripe
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/, // JSON Web Token
    /\bnpm_[A-Za-z0-9]{20,}|\bpypi-[A-Za-z0-9_-]{20,}|\brubygems_[0-9a-f]{20,}/,
    /\bsk-[A-Za-z0-9_-]{16,}|\bhf_[A-Za-z0-9]{20,}|\bgsk_[A-Za-z0-9]{20,}/, // OpenAI, Anthropic, Hugging Face, Groq
    /\bSG\.[A-Za-z0-9_-]{12,}\.[A-Za-z0-9_-]{12,}|\bkey-[0-9a-f]{32}\b/, // SendGrid, Mailgun
    /\b(?:SK|AC)[0-9a-f]{32}\b/, // Twilio
    /\bdo[opr]_v1_[0-9a-f]{16,}|\bdp\.pt\.[A-Za-z0-9]{16,}|\bshp(?:at|ca|pa|ss)_[0-9A-Fa-f]{16,}/,
    /\bhv[sb]\.[A-Za-z0-9_-]{16,}|\bdapi[0-9a-f]{32}\b|\bAGE-SECRET-KEY-1[0-9A-Z]{16,}/,
    /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)=[^\s;"'<{$]{6,}|[?&]sig=[A-Za-z0-9%+/=]{16,}/, // Azure
    /\$(?:2[abxy]?|[156]|y|apr1|argon2\w*)\$[./A-Za-z0-9$=,+-]{16,}|\{S?(?:SHA|MD5|CRYPT)\d*\}[\w+/=.$]{8,}/, // crypt(3) hashes
    /^[\w.-]{1,40}:[./\w$!*-]{2,200}:\d*:\d*:\d*:\d*:/, // shadow(5)
    /\$\{[\w.-]{0,60}(?:password|secret|token|key)[\w.-]{0,20}:[^\s}$"'?=+:\d-][^\s}$"']{3,}\}/, // a default of Spring
    /\bjdbc:oracle:\w+:[^\s/@]{1,60}\/[^\s@$]{4,}@/,
    /["'`][\w.-]{1,60}:[^\s@"'`${<]{4,}@(?:tcp|unix)\(/, // Go's database/sql
    /:\/\/[^\s:@"'/]{1,60}:["']\s*[+.]\s*["']/,
    /(?:\bbtoa|\bb64encode|\bBuffer\.from|\bCURLOPT_USERPWD)[(,]\s*b?["'`][^"'`:$\s]{1,60}:[^"'`$\s]{4,}["'`]/,
    /\bPuTTY-User-Key-File-\d/,
    /\bmachine\s+\S{1,200}\s+login\s+\S{1,200}\s+password\s+\S/, // netrc
    /\bsshpass\s+-p\s*["']?[^\s$"']/,
    /\bcurl\b[^\n]{0,300}?\s(?:-u|--user)[\s=]*["']?[^\s:$"']{1,100}:[^\s$"']/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** `scheme://user:password@host`; the password is captured. */
const ADDRESS = /:\/\/[^\s/:@"'`<>\\]{0,100}:([^\s/@"'`<>]{1,200})@[^\s"'`]/g;
/** What a password in an address is where it is only hinted at. */
const ADDRESS_PLACEHOLDER =
  /^(?:[*x.]+|pass(?:word|wd)?|pwd|pw|secret|token|\$.*|\{.*|%[a-z]?\w*%?|.*\$\{.*)$/i;

const AUTHORIZATION =
  /\bauthorization["'`]?\]?\s{0,20}[:=,]\s{0,20}["'`]?(?:bearer|basic|token|apikey|digest|aws4-hmac-sha256)\s{1,20}([^\s"'`,;)]{6,})/gi;

/** Whether a line holds a credential of a known form. */
export function hasKnownCredential(line: string): boolean {
  if (KNOWN_FORMS.test(line)) return true;
  if (line.includes('://')) {
    for (const [, password] of line.matchAll(ADDRESS)) if (!ADDRESS_PLACEHOLDER.test(password)) return true;
  }
  for (const [, value] of line.matchAll(AUTHORIZATION)) if (!/^[<${%]|^\.+$|^x+$/i.test(value)) return true;
  return false;
}
