/** Names of files that hold credentials, whatever is in them; compared in lower case. */
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
  '.asc',
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
  /^[._-]?(?:[a-z0-9-]+[._-])?(?:secrets?|credentials?|passwords?|passwd|service[-_]account|id_(?:rsa|dsa|ecdsa|ed25519)[a-z0-9_-]*)(?:[._-][a-z0-9-]+)*\.(?:ya?ml|json5?|toml|ini|cfg|conf|properties|xml|txt|csv|env|enc|bak|old|backup|orig|save|copy|db|plist|edn|hcl|auto\.tfvars)$/;

const SECRET_FOLDERS = new Set([
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker',
  '.gcloud',
  '.password-store',
]);

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
  if (/^wp-config.*\.php$/.test(name)) return true;
  if (/^id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:$|[._-])/.test(name)) return true;
  return (
    SECRET_NAMES.has(name) || SECRET_ENDINGS.some((ending) => name.endsWith(ending)) || SECRET_STEM.test(name)
  );
}
