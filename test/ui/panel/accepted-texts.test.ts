import { describe, expect, it } from 'vitest';
import { AcceptedTexts, JUDGED_AFTER_MS } from '../../../src/ui/panel/counts/accepted-texts.ts';

const DOCUMENT = '/w/a.ts';
const TEXT = 'render(view);';

/** A document with an accepted text in it, and changes that reach both. */
class Scene {
  readonly texts = new AcceptedTexts();
  content = `function a() {\n  ${TEXT}\n}\n`;

  constructor() {
    this.texts.add(DOCUMENT, this.content.indexOf(TEXT), TEXT, 'typescript', 0);
  }

  change(offset: number, removed: number, inserted: string): void {
    this.content = this.content.slice(0, offset) + inserted + this.content.slice(offset + removed);
    this.texts.noteChange(DOCUMENT, [{ offset, removed, inserted }]);
  }

  isKept(nowMs = JUDGED_AFTER_MS): boolean | undefined {
    return this.texts.judge(nowMs, (name) => (name === DOCUMENT ? this.content : undefined))[0]?.isKept;
  }
}

describe('an accepted text', () => {
  it('is judged after five minutes and once', () => {
    const scene = new Scene();
    expect(scene.texts.nextDueMs).toBe(JUDGED_AFTER_MS);
    expect(scene.isKept(JUDGED_AFTER_MS - 1)).toBeUndefined();
    expect(scene.isKept()).toBe(true);
    expect(scene.isKept()).toBeUndefined();
    expect(scene.texts.nextDueMs).toBeUndefined();
  });

  it('is still there where others changed before and behind it', () => {
    const scene = new Scene();
    scene.change(0, 0, '// a long comment, written before\n');
    scene.change(scene.content.length, 0, 'more');
    scene.change(scene.content.indexOf(TEXT) - 2, 2, '\t');
    expect(scene.isKept()).toBe(true);
  });

  it('is not where it was deleted, undone or changed in its midst', () => {
    const deleted = new Scene();
    deleted.change(deleted.content.indexOf(TEXT), TEXT.length, '');
    expect(deleted.isKept()).toBe(false);
    const edited = new Scene();
    edited.change(edited.content.indexOf('view'), 4, 'page');
    expect(edited.isKept()).toBe(false);
    const emptied = new Scene();
    emptied.change(0, emptied.content.length, '');
    expect(emptied.isKept()).toBe(false);
  });

  it('is followed to where others moved it', () => {
    const scene = new Scene();
    scene.change(0, 0, '// a comment\n'.repeat(100));
    scene.change(scene.content.indexOf(TEXT), TEXT.length, '');
    expect(scene.isKept()).toBe(false);
  });

  it('is where a formatter wrote the lines around it anew, or it was undone and done again', () => {
    const scene = new Scene();
    scene.change(0, scene.content.length, `function a()\n{\n    ${TEXT}\n}\n`);
    expect(scene.isKept()).toBe(true);
    const again = new Scene();
    const at = again.content.indexOf(TEXT);
    again.change(at, TEXT.length, '');
    again.change(at, 0, TEXT);
    expect(again.isKept()).toBe(true);
  });

  it('is looked for when its document is closed, for the last time', () => {
    const scene = new Scene();
    scene.change(scene.content.indexOf('view'), 4, 'page');
    scene.texts.noteClose(DOCUMENT, () => scene.content);
    scene.change(scene.content.indexOf('page'), 4, 'view');
    expect(scene.isKept()).toBe(false);
  });

  it('of another document is not touched', () => {
    const scene = new Scene();
    scene.texts.noteChange('/w/b.ts', [{ offset: 0, removed: 1000, inserted: '' }]);
    scene.texts.noteClose('/w/b.ts', () => '');
    expect(scene.isKept()).toBe(true);
  });
});
