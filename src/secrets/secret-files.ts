/**
 * Names of files that hold credentials, and of histories of what was typed; compared in lower case.
 */
const SECRET_NAMES = new Set([
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
  '.netrc',
  '_netrc',
  '.pgpass',
  'pgpass.conf',
  '.my.cnf',
  '.mylogin.cnf',
  '.htpasswd',
  '.htdigest',
  '.pypirc',
  '.dockercfg',
  '.dockerconfigjson',
  '.git-credentials',
  '.s3cfg',
  '.boto',
  '.envrc',
  '.vault-token',
  '.vault_pass',
  '.rediscli_auth',
  'credentials',
  'kubeconfig',
  'id_rsa',
  'id_dsa',
  'id_ecdsa',
  'id_ed25519',
  'id_xmss',
  'authinfo',
  '.authinfo',
  'shadow',
  'gshadow',
  'htpasswd',
  'master.key',
  'sasl_passwd',
  'localsettings.php',
  'secrets',
  'secring.gpg',
  'accesstokens.json',
  'application_default_credentials.json',
  'client_secrets.json',
  'rclone.conf',
  '.rclone.conf',
  '.msmtprc',
  '.fetchmailrc',
  '.smbcredentials',
  '.terraformrc',
  'wpa_supplicant.conf',
  'sitemanager.xml',
  'recentservers.xml',
  '.viminfo',
  '.lesshst',
  '.zhistory',
  '.histfile',
  'fish_history',
  'consolehost_history.txt',
]);

/** Keys, certificates, key stores and states of tools that keep credentials, by the end of the name. */
const SECRET_ENDINGS = [
  '.pem',
  '.key',
  '.pkcs8',
  '.pkcs12',
  '.p8',
  '.p12',
  '.pfx',
  '.jks',
  '.jceks',
  '.bks',
  '.keystore',
  '.truststore',
  '.ppk',
  '.gpg',
  '.pgp',
  '.crt',
  '.cer',
  '.csr',
  '.der',
  '.kdb',
  '.kdbx',
  '.psafe3',
  '.agilekeychain',
  '.keychain',
  '.keychain-db',
  '.ovpn',
  '.rdp',
  '.tfstate',
  '.tfstate.backup',
  '.tfvars',
  '.tfvars.json',
  '.publishsettings',
  '.mobileprovision',
  '.kubeconfig',
  '.credentials',
  '.secret',
  '.secrets',
  '.env',
  '.htpasswd',
];

/** Names that are a credential word with any number of extensions, such as `secrets.prod.yaml`. */
const SECRET_STEM =
  /^[._-]?(?:[a-z0-9-]+[._-])?(?:secrets?|credentials?|passwords?|passwd|service[-_]account|id_(?:rsa|dsa|ecdsa|ed25519)[a-z0-9_-]*)(?:[._-][a-z0-9-]+)*\.(?:ya?ml|json5?|toml|ini|cfg|conf|properties|xml|env|enc|bak|old|backup|orig|save|copy|db|plist|edn|hcl|auto\.tfvars)$/;
/** The same of prose and tables, where more words are a subject, as in `password_reset_email.txt`. */
const SECRET_TEXT =
  /^[._-]?(?:my[._-])?(?:secrets?|credentials?|passwords?|passwd)(?:[._-](?:prod|production|dev|staging|test|local|old|new|backup))*\.(?:txt|csv)$/;
/** Histories of shells and of interpreters. */
const HISTORY = /^\.[a-z]+_history(?:[-_.]\w+)?$/;

const SECRET_FOLDERS = new Set(['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.gcloud', '.password-store']);

/** Whether a folder keeps credentials, by its name. */
export function isSecretFolder(name: string): boolean {
  return SECRET_FOLDERS.has(name.toLowerCase());
}

/** Whether the name alone says that a file holds credentials; backups of such files count (`.env~`, `x.pem.bak`). */
export function isSecretFile(path: string): boolean {
  const segments = path.toLowerCase().split(/[\\/]/);
  const name = (segments.pop() ?? '').replace(/(?:~|\.(?:bak|old|orig|save|backup|swp|tmp))+$/, '');
  const folder = segments.pop() ?? '';
  if (SECRET_FOLDERS.has(folder)) return true;
  // `.env.local` and the like, but no source file such as `env.ts`.
  if (/^\.env(?:$|[.\-_])/.test(name)) return true;
  if (folder === '.docker' && name === 'config.json') return true;
  if (HISTORY.test(name) || SECRET_TEXT.test(name)) return true;
  if (/^wp-config.*\.php$/.test(name)) return true;
  if (/^id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:$|[._-])/.test(name)) return true;
  return (
    SECRET_NAMES.has(name) || SECRET_ENDINGS.some((ending) => name.endsWith(ending)) || SECRET_STEM.test(name)
  );
}
