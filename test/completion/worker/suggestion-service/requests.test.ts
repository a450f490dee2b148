import { describe, expect, it } from 'vitest';
import { answers, learnt, load, sampleOf, start, startLoaded, suggest } from './service-fixture.ts';

describe('the suggestion service', () => {
  it('answers with nothing before a model is loaded', async () => {
    const { service, posted, until } = start();
    service.receive(suggest(1, 'al'));
    service.receive(sampleOf(2, 5));
    await until(() => posted.length === 2);
    expect(answers(posted)).toEqual([
      ['failure', 2, undefined],
      ['reply', 1, undefined],
    ]);
  });

  it('answers with a suggestion', async () => {
    const { service, posted, until } = await startLoaded();
    service.receive(suggest(1, 'al'));
    await until(() => posted.length === 1);
    expect(answers(posted)).toEqual([['reply', 1, 'pha beta gamma']]);
  });

  it('answers older requests for a document at once when a newer one arrives', async () => {
    const { service, posted, until } = await startLoaded();
    service.receive(suggest(1, 'al'));
    service.receive(suggest(2, 'alpha', 'b'));
    service.receive(suggest(3, 'alp'));
    expect(answers(posted)).toEqual([['reply', 1, undefined]]);
    await until(() => posted.length === 3);
    expect(answers(posted).slice(1)).toEqual([
      ['reply', 2, ' beta gamma'],
      ['reply', 3, 'ha beta gamma'],
    ]);
  });

  it('hears a cancellation while it computes', async () => {
    const { service, posted, arriving, steppers, until } = await startLoaded();
    service.receive(suggest(1, 'al'));
    service.receive(suggest(2, 'alpha', 'b'));
    let feeds = 0;
    steppers[0].onFeed = () => {
      if (++feeds === 3) arriving.push({ type: 'cancel', id: 1 }, { type: 'cancel', id: 2 });
    };
    await service.whenIdle;
    expect(answers(posted)).toEqual([
      ['reply', 2, undefined],
      ['reply', 1, undefined],
    ]);
    service.receive(suggest(3, 'alph'));
    await until(() => posted.length === 3);
    expect(answers(posted)[2]).toEqual(['reply', 3, 'a beta gamma']);
  });

  it('costs one symbol where the place was read ahead', async () => {
    const { service, posted, steppers, until } = await startLoaded();
    const prefix = 'alpha beta gamma\nalpha beta gamma\nal';
    service.receive({ type: 'warm', text: { document: 'a', prefix, atFileStart: true } });
    await service.whenIdle;
    expect(posted).toEqual([]);
    let feeds = 0;
    let before = steppers[0].fed;
    expect(before).toBeGreaterThan(prefix.length);
    steppers[0].onFeed = () => {
      if (feeds++ === 1) before = steppers[0].fed - before;
    };
    service.receive(suggest(1, `${prefix}p`));
    await until(() => posted.length > 0);
    expect(answers(posted)).toEqual([['reply', 1, 'ha beta gamma']]);
    expect(before).toBe(1);
  });

  it('stops reading ahead as soon as something is asked', async () => {
    const { service, posted, arriving, steppers, until } = await startLoaded();
    let isAsked = false;
    steppers[0].onFeed = () => {
      if (!isAsked) arriving.push(suggest(1, 'alpha b', 'b'));
      isAsked = true;
    };
    const prefix = learnt.repeat(50);
    service.receive({ type: 'warm', text: { document: 'a', prefix, atFileStart: true } });
    await until(() => posted.length > 0);
    expect(answers(posted)).toEqual([['reply', 1, 'eta gamma']]);
    expect(steppers[0].fed).toBeLessThan(prefix.length / 2);
  });

  it('goes on after an error, and says so', async () => {
    const { service, posted, steppers, until } = await startLoaded();
    steppers[0].onFeed = () => {
      throw new Error('broken');
    };
    service.receive(suggest(1, 'al'));
    await until(() => posted.length === 1);
    expect(posted).toEqual([
      {
        type: 'failure',
        id: 1,
        sentence: 'broken',
        detail: expect.stringContaining('Error: broken') as string,
      },
    ]);
    steppers[0].onFeed = () => {};
    service.receive(suggest(2, 'al'));
    await until(() => posted.length === 2);
    expect(answers(posted)[1]).toEqual(['reply', 2, 'pha beta gamma']);
  });

  it('keeps the model it has when another cannot be loaded', async () => {
    const { service, posted, until } = await startLoaded();
    service.receive(load('torn', '2'));
    service.receive(suggest(1, 'al'));
    await until(() => posted.length === 2);
    expect(posted[0]).toMatchObject({ type: 'modelFailed', sentence: 'It is torn.' });
    expect(answers(posted)[1]).toEqual(['reply', 1, 'pha beta gamma']);
  });

  it('loads the newest of several models asked for', async () => {
    const { service, posted, steppers, until } = start();
    for (const version of ['1', '2', '3']) service.receive(load('m', version));
    await until(() => posted.length === 2);
    await service.whenIdle;
    expect(posted.map(({ type }) => type)).toEqual(['modelLoaded', 'modelLoaded']);
    expect(steppers.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
  });
});
