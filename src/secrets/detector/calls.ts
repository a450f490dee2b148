import { literalsIn } from './literals.ts';
import { isSecretLiteral, isTechnical } from '../rules/values.ts';

/** Functions that take a credential after something else: a host, a user, a token. */
const AFTER_ANOTHER =
  /(?:\bmysqli?(?:_(?:real_)?p?connect)?|\bPDO|\bgetConnection|\bMySQLdb\.connect|\bDBI->connect|\bWiFi(?:Multi)?\.(?:begin|addAP)|\bPasswordAuthentication|\bUsernamePassword\w{0,20}|\bNetworkCredential|\bPSCredential|\bCredentials(?:::new)?|\b(?:set_?)?(?:http_?)?(?:basic|digest)_?auth|\bftp_login|\bldap_bind|\bsmtp\w{0,10}\.login|\bcreateUser|\bjwt\.(?:sign|verify|encode|decode)|\bsignWith|\bcreateHmac|\bsetdefault|\bset_var|\bSetEnvironmentVariable|\bstrn?cpy|\bstr(?:n|case)?cmp)\s{0,4}[( ]\s{0,4}(.*)$/i;

/** Functions that take it first. */
const FIRST =
  /(?:\bhmac\.new|\bHMAC(?:256|384|512)|\bHmacKey::new|\bSecretKeySpec|\bSymmetricSecurityKey|\bkeyStore\.load|\bbcrypt\.hash\w{0,5}|\bConvertTo-SecureString|\bFernet)\s{0,4}[( ]\s{0,4}(.*)$/i;

/** Of these the first argument has to speak of a credential. */
const NEEDS_NAME = /^(?:setdefault|set_var|SetEnvironmentVariable|strn?cpy|str(?:n|case)?cmp)/i;
const NAME = /passw|pwd|secret|token|api_?key|credential/i;

/** Typed into, compared with or expected of a field or variable for passwords. */
const FIELD =
  /(?:passw|pwd|secret)[^\n"'`]{0,40}["'`\])]{0,4}\)?(?:\s{0,3},|\.(?:type|fill|toBe|toEqual|sendKeys|send_keys|equals)\()\s{0,3}["'`]([^"'`\n]{6,80})["'`]|type=["']password["'][^<>]{0,80}\bvalue=["']([^"'<>{$]{4,80})["']/i;

/** Whether a call on the line passes a credential by position. */
export function passesCredential(line: string): boolean {
  const after = AFTER_ANOTHER.exec(line);
  if (after !== null && (!NEEDS_NAME.test(after[0].trimStart()) || NAME.test(after[1].slice(0, 80)))) {
    const given = literalsIn(after[1]);
    const first = /^[@&bN]?["'`]/.test(after[1]) ? 1 : 0;
    if (given.slice(first, first + 5).some(isGiven)) return true;
  }
  const sole = FIRST.exec(line);
  if (sole !== null && literalsIn(sole[1]).slice(0, 1).some(isGiven)) return true;
  const field = FIELD.exec(line);
  return field !== null && isGiven(field[1] ?? field[2]);
}

/** No algorithm, address, format or path. */
function isGiven(literal: string): boolean {
  return (
    !/\s|[<>{}()=]|^[\w.+-]+:\/\/|^[./~]|%[sdx]|^jdbc:|\.\w{2,4}$|^[a-z-]+\/[a-z-]+$/.test(literal) &&
    !(/\d/.test(literal) && isTechnical(literal)) &&
    isSecretLiteral(literal)
  );
}
