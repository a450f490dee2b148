import { describe, expect, it } from 'vitest';
import { CANARY, remove } from './remove.ts';

describe('redact', () => {
  it('leaves out whole manifests of Secrets, and no others', async () => {
    const secret = `apiVersion: v1\ndata:\n  anything: canary\nkind: Secret\n`;
    const other = 'kind: ConfigMap\ndata:\n  a: b\n';
    expect((await remove('x.yaml', `${other}---\n${secret}---\n${other}`)).text).toBe(
      `${other}---\n---\n${other}`,
    );
    expect((await remove('x.json', '{\n"kind": "Secret",\n"data": {\n"a": "canary"\n}\n}\n')).text).toBe('');
    expect((await remove('x.sh', `cat <<EOF\n${secret}EOF\nls\n`)).text).toBe('cat <<EOF\nEOF\nls\n');
  });

  it('takes a table with a column of credentials for credentials', async () => {
    expect((await remove('users.csv', `name,password\nbob,${CANARY}\n`)).text).toBe('');
    expect((await remove('users.csv', 'name,age\nbob,7\n')).text).toBe('name,age\nbob,7\n');
  });
});
