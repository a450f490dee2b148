/** A word, or several in sequence, of which names of credentials are made. */
export interface NameWord {
  /** In lower case; several words are separated by a space. */
  readonly text: string;
  /** `part`: within a word; `end`: at its end; `whole`: the word itself, which may have digits behind it. */
  readonly match: 'part' | 'end' | 'whole';
  readonly strength: 'strong' | 'weak';
  readonly language: string;
}

const words = (
  language: string,
  match: NameWord['match'],
  texts: string,
  strength: NameWord['strength'] = 'strong',
): NameWord[] => texts.split(', ').map((text) => ({ text, match, strength, language }));

/** The words of which names of credentials are made; the prefilter is built from these. */
export const NAME_WORDS: readonly NameWord[] = [
  ...words('English', 'part', 'password, passwd, passphrase, passcode, secret, credential, mnemonic'),
  ...words('English', 'part', 'apikey, accesskey, privatekey, secretkey, authkey, encryptionkey, signingkey'),
  ...words('English', 'part', 'masterkey, accountkey, sharedkey, wepkey, connectionstring'),
  ...words(
    'English',
    'whole',
    'api key, access key, private key, secret key, auth key, encryption key, signing key',
  ),
  ...words('English', 'whole', 'master key, account key, shared key'),
  ...words('English', 'end', 'pwd, pwds'),
  ...words(
    'English',
    'whole',
    'pswd, passw, pword, passwrd, psswd, passwords, pw, dbpw, rootpw, bindpw, adminpw, userpw',
  ),
  ...words('English', 'whole', 'creds, cred, jwt, bearer, authorization, psk, wifipsk, wpapsk, wlanpsk'),
  ...words('English', 'whole', 'connection string, string data, pass word, pass phrase, pass code'),
  ...words('English', 'end', 'token, tokens', 'weak'),
  ...words('English', 'whole', 'pass, passe, pin, pincode, auth', 'weak'),
  ...words(
    'English',
    'whole',
    'dbpass, userpass, rootpass, adminpass, smtppass, ftppass, mypass, sqlpass, loginpass, mailpass, requirepass, ' +
      'storepass, keypass, sshpass, bindpass, httppass, proxypass, redispass, ldappass',
  ),
  ...words('German', 'part', 'passwort, kennwort, losungswort, zugangscode'),
  ...words('German', 'whole', 'geheimnis, losung', 'weak'),
  ...words(
    'Danish, Norwegian, Swedish',
    'part',
    'passord, adgangskode, losenord, lösenord, løsenord, kodeord',
  ),
  ...words('Dutch', 'part', 'wachtwoord'),
  ...words('Spanish, Catalan, Galician', 'part', 'contrasena, contraseña, contrasenya, contrasinal'),
  ...words('Spanish, Portuguese', 'part', 'senha, palavra passe, palavrapasse'),
  ...words('Spanish, Portuguese', 'whole', 'clave, claves, chave', 'weak'),
  ...words('French', 'whole', 'mdp, motdepasse, mot de passe, mots de passe'),
  ...words('Italian', 'whole', 'parola, parola chiave, chiave', 'weak'),
  ...words('Italian', 'whole', 'parola d ordine'),
  ...words('Romanian, Bulgarian, Turkish', 'whole', 'parole, parolasi, parolam', 'weak'),
  ...words('Turkish', 'whole', 'sifre, şifre, sifresi, şifresi'),
  ...words('Czech, Slovak', 'whole', 'heslo, hesla'),
  ...words('Polish', 'whole', 'haslo, hasło'),
  ...words('Hungarian', 'part', 'jelszo, jelszó'),
  ...words('Slovenian', 'whole', 'geslo'),
  ...words('Croatian, Serbian, Bosnian', 'whole', 'lozinka, sifra, šifra, zaporka, лозинка, шифра'),
  ...words('Finnish', 'part', 'salasana, tunnusluku'),
  ...words('Estonian', 'whole', 'parool, salasona, salasõna'),
  ...words('Latvian, Lithuanian', 'part', 'slaptazodis, slaptažodis'),
  ...words(
    'Albanian, Basque, Icelandic, Irish',
    'part',
    'fjalekalim, fjalëkalim, pasahitza, lykilord, lykilorð, pasfhocal',
  ),
  ...words('Vietnamese', 'whole', 'matkhau, mat khau, mật khẩu'),
  ...words('Indonesian, Malay', 'whole', 'kata sandi, katasandi, sandi, kata laluan, katalaluan'),
  ...words('Russian, Ukrainian, Bulgarian', 'part', 'парол, гасло'),
  ...words('Greek', 'part', 'κωδικος, κωδικός, συνθηματικ'),
  ...words('Hebrew', 'part', 'סיסמ'),
  ...words('Arabic, Persian', 'part', 'كلمة المرور, كلمة السر, گذرواژه, رمز عبور'),
  ...words('Hindi', 'part', 'पासवर्ड, कूटशब्द'),
  ...words('Thai', 'part', 'รหัสผ่าน'),
  ...words('Chinese', 'part', '密码, 密碼, 口令, 密钥, 密鑰'),
  ...words('Japanese', 'part', 'パスワード, 暗証番号, 合言葉'),
  ...words('Korean', 'part', '비밀번호, 암호, 패스워드'),
];

/** `key` is a credential after one of these words, as in `api_key`. */
export const KEY_OWNERS = new Set(
  (
    'access account admin api app application auth aws azure bot client consumer crypto deploy encryption gcp ' +
    'gpg hash hmac host jwt nonce cookie gpr wep instrumentation integration license licence master openai pgp private rsa sas ' +
    'secret security sendgrid server service session shared signature signing ssh ssl storage stripe subscription ' +
    'tls webhook write'
  ).split(' '),
);

/** Before `token`, these make it one that is presented to somebody. */
export const TOKEN_OWNERS = new Set(
  (
    'access account admin api app application auth bearer bot client csrf deploy device discord github gitlab hf id ' +
    'jwt login npm oauth personal pypi push refresh registry secret security service session slack sso telegram user ' +
    'vault verification web webhook xsrf'
  ).split(' '),
);

/** Before `token`, these make it one of a text. */
export const TEXT_TOKEN_OWNERS = new Set(
  (
    'bos class cls close closing current default end eos expected first last lex mask next open opening operator pad ' +
    'prev previous punctuation sep special start stop syntax text unexpected unk word'
  ).split(' '),
);

/** Before `pass`, these make it short for a password. */
export const PASS_OWNERS = new Set(
  (
    'account admin amqp app auth basic broker bind cert client db email ftp http imap jdbc key keystore ldap login mail mongo mqtt my mysql new ' +
    'old pg pop postgres proxy rabbit rabbitmq redis root server service sftp smtp sql ssh store sudo test truststore user vnc vpn web ' +
    'wifi wlan wpa zip'
  ).split(' '),
);

/** Last words of names that do not hold the credential itself. */
export const DESCRIPTIVE = new Set(
  (
    'algorithm alias arn attribute attr attrs audience backend callback changed char class client code codes color colors column command ' +
    'config confirmation controller cookie count created date description dir directory duration enabled encoding end endpoint ' +
    'env error errors event expiration expired expires expiry factory field file filename filter flag folder form format ' +
    'group guard handler hasher hashers header headers hint icon index input interval invalid issuer kind kinds label len length level line ' +
    'link list location long manager map matcher message method mode model module msg mismatch name names namespace node offset ' +
    'operation operator option options order page param parameter parser path pattern placeholder plugin point policy pos ' +
    'position prefix prompt property provider range ref reference regex regexp request required reset resource response ' +
    'role route rule rules scope scopes screen section selector separator service set short size source span start state status ' +
    'store strategy strength style suffix tag template test text through title too tooltip ttl type types uri url usage user ' +
    'username valid validation validator variable vault verifier version view weak widget'
  ).split(' '),
);

/** First words of names that speak about a credential without holding it. */
export const DESCRIPTIVE_BEGINNINGS = new Set(
  (
    'change check enter existing expired forgot forgotten has have hide invalid is max min missing need needs no require ' +
    'required requires reset show toggle use uses validate verify wrong'
  ).split(' '),
);

/** Words behind the noun that change nothing, as in `DB_PASSWORD_PROD` or `SECRET_KEY_BASE`. */
export const NEUTRAL_ENDINGS = new Set(
  (
    'a b b64 base base64 data db decoded def default dev development digest encrypted enc hash hex id key local main new old ' +
    'one plain plaintext prod production raw rec record salt secret staging str string test two value val v1 v2'
  ).split(' '),
);
