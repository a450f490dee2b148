import type { Rule } from './rule.ts';

/** A password in an address that is only hinted at. */
const ADDRESS_PLACEHOLDER =
  /^(?:[*x.]+|pass(?:word|wd)?|pwd|pw|secret|token|\$.*|\{.*|%[a-z]?\w*%?|.*\$\{.*)$/i;

const CRYPT = 'https://man7.org/linux/man-pages/man5/crypt.5.html';

/**
 * Credentials that are known by their form alone, whatever they are called. Looser than the rules of gitleaks where
 * both have one: a token that was shortened or is of another version is still nothing to learn.
 */
export const TOKEN_FORMATS: readonly Rule[] = [
  {
    id: 'aws-key-id',
    keywords: ['AKIA', 'ASIA', 'AROA', 'AIDA', 'ABIA', 'ACCA'],
    pattern: /\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[0-9A-Z]{12,}/,
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  },
  {
    id: 'github-token',
    keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    pattern: /\bgh[pousr]_[A-Za-z0-9]{16,}|\bgithub_pat_[A-Za-z0-9_]{16,}/,
    source: 'https://docs.github.com/en/authentication',
  },
  {
    id: 'gitlab-token',
    keywords: ['pat', 'dt', 'rt', 'soat', 'ptt', 'cbt', 'ft', 'imt', 'agent'].map((kind) => `gl${kind}-`),
    pattern: /\bgl(?:pat|dt|rt|soat|ptt|cbt|ft|imt|agent)-[A-Za-z0-9_-]{12,}/,
    source: 'https://docs.gitlab.com/security/tokens/',
  },
  {
    id: 'slack-token',
    keywords: ['xox', 'xapp-', 'hooks.slack.com'],
    pattern:
      /\bxox[a-z]-[A-Za-z0-9-]{8,}|\bxapp-[A-Za-z0-9-]{8,}|hooks\.slack\.com\/services\/[A-Za-z0-9/]{8,}/,
    source: 'https://docs.slack.dev/authentication/tokens',
  },
  {
    id: 'discord-webhook',
    keywords: ['discord'],
    pattern: /discord(?:app)?\.com\/api\/webhooks\/[\w/-]{8,}/,
    source: 'https://discord.com/developers/docs/resources/webhook',
  },
  {
    id: 'telegram-bot-token',
    keywords: [{ text: ':AA', guard: /:AA[\w-]{20}/ }],
    pattern: /\b\d{6,16}:AA[\w-]{30,}/,
    source: 'https://core.telegram.org/bots/api#authorizing-your-bot',
  },
  {
    id: 'google-key',
    keywords: ['AIza', 'ya29.', 'GOCSPX-'],
    pattern: /\bAIza[0-9A-Za-z_-]{20,}|\bya29\.[0-9A-Za-z_-]{16,}|\bGOCSPX-[0-9A-Za-z_-]{16,}/,
    source: 'https://cloud.google.com/docs/authentication',
  },
  {
    id: 'stripe-key',
    keywords: ['sk_live_', 'rk_live_', 'pk_live_', 'sk_test_', 'rk_test_', 'pk_test_', 'whsec_'],
    pattern: /\b[srp]k_(?:live|test)_[0-9A-Za-z]{8,}|\bwhsec_[0-9A-Za-z]{8,}/,
    source: 'https://docs.stripe.com/keys',
  },
  {
    id: 'json-web-token',
    keywords: ['eyJ'],
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/,
    source: 'https://www.rfc-editor.org/rfc/rfc7519',
  },
  {
    id: 'package-registry-token',
    keywords: ['npm_', 'pypi-', 'rubygems_', 'dckr_pat_'],
    pattern:
      /\bnpm_[A-Za-z0-9]{20,}|\bpypi-[A-Za-z0-9_-]{20,}|\brubygems_[0-9a-f]{20,}|\bdckr_pat_[\w-]{20,}/,
    source: 'https://docs.npmjs.com/about-access-tokens',
  },
  {
    id: 'language-model-key',
    keywords: [
      { text: 'sk-', guard: /\bsk-\w/ },
      { text: 'hf_', guard: /\bhf_\w/ },
      'gsk_',
      { text: 'xai-', guard: /\bxai-\w/ },
    ],
    pattern: /\bsk-[A-Za-z0-9_-]{16,}|\bhf_[A-Za-z0-9]{20,}|\bgsk_[A-Za-z0-9]{20,}|\bxai-[A-Za-z0-9]{20,}/,
    source: 'https://platform.openai.com/docs/api-reference/authentication',
  },
  {
    id: 'mail-service-key',
    keywords: [{ text: 'SG.', guard: /\bSG\.\w/ }, 'key-'],
    pattern: /\bSG\.[A-Za-z0-9_-]{12,}\.[A-Za-z0-9_-]{12,}|\bkey-[0-9a-f]{32}\b/,
    source: 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys',
  },
  {
    id: 'twilio-key',
    // One keyword for each digit that may follow, because the two letters alone are in too many words.
    keywords: [...'0abcdef'].flatMap((digit) =>
      ['sk', 'ac'].map((prefix) => ({ text: prefix + digit, guard: /(?:SK|AC)[0-9a-f]{8}/ })),
    ),
    pattern: /\b(?:SK|AC)[0-9a-f]{32}\b/,
    source: 'https://www.twilio.com/docs/iam/api-keys',
  },
  {
    id: 'hosting-token',
    keywords: [
      '_v1_',
      'dp.pt.',
      'shpat_',
      'shpca_',
      'shppa_',
      'shpss_',
      'figd_',
      'EAAC',
      'NRAK-',
      'NRII-',
      'NRJS-',
    ],
    pattern:
      /\bdo[opr]_v1_[0-9a-f]{16,}|\bdp\.pt\.[A-Za-z0-9]{16,}|\bshp(?:at|ca|pa|ss)_[0-9A-Fa-f]{16,}|\bfigd_[\w-]{20,}|\bEAAC[A-Za-z0-9]{40,}|\bNR(?:AK|II|JS)-[A-Za-z0-9-]{19,}/,
    source: 'https://docs.digitalocean.com/reference/api/create-personal-access-token/',
  },
  {
    id: 'vault-token',
    keywords: [
      { text: 'hvs.', guard: /\bhvs\.\w/ },
      { text: 'hvb.', guard: /\bhvb\.\w/ },
      'dapi',
      'AGE-SECRET-KEY-',
    ],
    pattern: /\bhv[sb]\.[A-Za-z0-9_-]{16,}|\bdapi[0-9a-f]{32}\b|\bAGE-SECRET-KEY-1[0-9A-Z]{16,}/,
    source: 'https://developer.hashicorp.com/vault/docs/concepts/tokens',
  },
  {
    id: 'azure-key',
    keywords: ['accountkey', 'sharedaccess', 'sig='],
    pattern:
      /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)=[^\s;"'<{$]{6,}|[?&]sig=[A-Za-z0-9%+/=]{16,}/,
    source: 'https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string',
  },
  {
    id: 'crypt-hash',
    keywords: [
      ...['$2$', '$2a$', '$2b$', '$2x$', '$2y$', '$1$', '$y$', '$apr1$', '$argon2'],
      ...['{sha', '{ssha', '{md5', '{smd5', '{crypt', '{scrypt'],
    ],
    pattern:
      /\$(?:2[abxy]?|[156]|y|apr1|argon2\w*)\$[./A-Za-z0-9$=,+-]{16,}|\{S?(?:SHA|MD5|CRYPT)\d*\}[\w+/=.$]{8,}/,
    source: CRYPT,
  },
  {
    id: 'shadow-entry',
    // Of the four numbers at its end two neighbours are empty, or one is not.
    keywords: [':::', { text: ':0', guard: /:\d+:/ }],
    pattern: /^[\w.-]{1,40}:[./\w$!*-]{2,200}:\d*:\d*:\d*:\d*:/,
    source: 'https://man7.org/linux/man-pages/man5/shadow.5.html',
  },
  {
    id: 'spring-default',
    keywords: ['password', 'secret', 'token', 'key'].map((text) => ({
      text,
      guard: new RegExp(`${text}[\\w.-]{0,20}:[^\\s}]`, 'i'),
    })),
    pattern: /\$\{[\w.-]{0,60}(?:password|secret|token|key)[\w.-]{0,20}:[^\s}$"'?=+:\d-][^\s}$"']{3,}\}/,
    source: 'https://docs.spring.io/spring-boot/reference/features/external-config.html',
  },
  {
    id: 'database-address',
    keywords: ['jdbc:', '@tcp(', '@unix(', { text: 'sqlplus', guard: /sqlplus\s/i }],
    pattern:
      /\bjdbc:oracle:\w+:[^\s/@]{1,60}\/[^\s@$]{4,}@|["'`][\w.-]{1,60}:[^\s@"'`${<]{4,}@(?:tcp|unix)\(|\bsqlplus\s[^\n]{0,60}?[\w.]{1,60}\/[^\s@/$"'<>]{4,60}(?:@|\s|$)/,
    source: 'https://github.com/go-sql-driver/mysql#dsn-data-source-name',
  },
  {
    id: 'address-in-parts',
    keywords: [{ text: '://', guard: /:\/\/[^\s/:@]{0,100}:/ }],
    pattern: /:\/\/[^\s:@"'/]{1,60}:["']\s*[+.]\s*["']/,
    source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
  },
  {
    id: 'address-with-password',
    keywords: [{ text: '://', guard: /:\/\/[^\s/:@]{0,100}:/ }],
    pattern: /:\/\/[^\s/:@"'`<>\\]{0,100}:([^\s/@"'`<>]{1,200})@[^\s"'`]/g,
    accepts: ([, password]) => !ADDRESS_PLACEHOLDER.test(password),
    source: 'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
  },
  {
    id: 'address-with-key',
    keywords: [{ text: '://', guard: /:\/\/[0-9a-f]{32}@/ }],
    pattern: /:\/\/[0-9a-f]{32}@/,
    source: 'https://docs.sentry.io/concepts/key-terms/dsn-explainer/',
  },
  {
    id: 'authorization-header',
    keywords: ['authorization'],
    pattern:
      /\bauthorization["'`]?\]?\s{0,20}[:=,]?\s{0,20}["'`]?(?:bearer|basic|token|apikey|digest|aws4-hmac-sha256)\s{1,20}([^\s"'`,;)]{6,})/gi,
    accepts: ([, value]) => !/^[<${%]|^\.+$|^x+$/i.test(value),
    source: 'https://www.rfc-editor.org/rfc/rfc9110#name-authorization',
  },
  {
    id: 'basic-authentication',
    keywords: ['btoa', 'b64encode', 'buffer.from', 'curlopt_userpwd'],
    pattern:
      /(?:\bbtoa|\bb64encode|\bBuffer\.from|\bCURLOPT_USERPWD)[(,]\s*b?["'`][^"'`:$\s]{1,60}:[^"'`$\s]{4,}["'`]/,
    source: 'https://www.rfc-editor.org/rfc/rfc7617',
  },
  {
    id: 'putty-key',
    keywords: ['putty-user-key'],
    pattern: /\bPuTTY-User-Key-File-\d/,
    source: 'https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html',
  },
  {
    id: 'netrc-entry',
    keywords: [{ text: 'machine', guard: /machine\s+\S{1,200}\s+login/ }],
    pattern: /\bmachine\s+\S{1,200}\s+login\s+\S{1,200}\s+password\s+\S/,
    source: 'https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html',
  },
];
