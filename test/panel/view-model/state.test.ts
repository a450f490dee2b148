import { describe, expect, it } from 'vitest';
import type { PanelContent } from '../../../src/panel/index.ts';
import { joinUpdates, mergeSamples, NO_CONTENT, updated } from '../../../src/panel/view-model/state.ts';

const sample = (step: number, text = 'a') => ({ step, loss: 1, text });

describe('the content of the page', () => {
  it('keeps what an update leaves out, and takes over what it brings', () => {
    const before: PanelContent = { ...NO_CONTENT, points: [{ step: 1 }], samples: [sample(1)] };
    const after = updated(before, {
      activity: { kind: 'remembering', fraction: 0.5 },
      points: [{ step: 2 }],
    });
    expect(after).toEqual({
      ...before,
      activity: { kind: 'remembering', fraction: 0.5 },
      points: [{ step: 1 }, { step: 2 }],
    });
    expect(updated(before, {}).points).toBe(before.points);
  });

  it('is the same after two updates as after both in one', () => {
    const first = { points: [{ step: 1, loss: 3 }], samples: [sample(1)] };
    const second = {
      points: [{ step: 1, heldOutBits: 2 }, { step: 2 }],
      samples: [sample(1, 'b'), sample(2)],
    };
    const apart = updated(updated(NO_CONTENT, first), second);
    expect(updated(NO_CONTENT, joinUpdates(first, second))).toEqual(apart);
    expect(apart.points).toEqual([{ step: 1, loss: 3, heldOutBits: 2 }, { step: 2 }]);
  });

  it('forgets samples of steps that are taken again', () => {
    expect(mergeSamples([sample(1), sample(5), sample(9)], [sample(5, 'b')])).toEqual([
      sample(1),
      sample(5, 'b'),
    ]);
  });
});
