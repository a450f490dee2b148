import * as assert from 'node:assert/strict';
import type {} from 'mocha';
import { acceptSuggestion, extension, revert, typeLine, untilStatus } from '../editor.ts';
import { typedFile } from '../constants.ts';

describe('a window opened again', () => {
  it('suggests from the model of last time, without training', async () => {
    const view = await extension();
    const status = await untilStatus(view, 'ready');
    assert.match(status.detail, /bits per character/);
    const document = await typeLine(typedFile, 'registry.reg');
    assert.notEqual(await acceptSuggestion(document), '');
    assert.equal(view.trainingPid(), undefined);
    await revert(document);
  });
});
