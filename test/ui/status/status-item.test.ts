import { beforeEach, describe, expect, it } from 'vitest';
import { StatusItem } from '../../../src/ui/status/status-item.ts';
import { obstacleText } from '../../../src/ui/status/status-text.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';

beforeEach(resetFake);

describe('the status item', () => {
  it('has text and detail as its label for screen readers, without a comma where there is no detail', () => {
    const item = new StatusItem();
    const status = obstacleText('no-folder');
    item.show(status);
    const label = 'Char-RNN: no folder open, a model belongs to a folder or workspace';
    expect(fake.statusItems).toMatchObject([{ accessibilityInformation: { label } }]);
    item.show({ ...status, detail: '' });
    expect(fake.statusItems).toMatchObject([{ accessibilityInformation: { label: status.text } }]);
  });
});
