import { ACTIONS, type Action, type PanelContent } from '../../protocol.ts';
import { activityText, isBusy, latestFacts, progressOf } from '../../view-model/texts.ts';
import { send } from '../connection.ts';
import { byId, element, setText } from '../elements.ts';
import type { Section } from './section.ts';

/** What goes on, the buttons, and the latest numbers. */
export class StateSection implements Section {
  private readonly activity = byId('activity');
  private readonly progress = byId<HTMLProgressElement>('progress');
  private readonly facts = byId('facts');

  constructor() {
    for (const action of ACTIONS)
      buttonOf(action).addEventListener('click', () => send({ type: 'act', action }));
  }

  show({ activity, points, network }: PanelContent): void {
    setText(this.activity, activityText(activity));
    const isFailure = activity.kind === 'idle' && activity.failure !== undefined;
    this.activity.classList.toggle('failure', isFailure);
    const progress = progressOf(activity);
    this.progress.hidden = !isBusy(activity);
    if (progress === undefined) this.progress.removeAttribute('value');
    else this.progress.value = progress;
    const canTrain = activity.kind !== 'unavailable';
    buttonOf('train').disabled = !canTrain || isBusy(activity);
    buttonOf('stop').disabled = !isBusy(activity);
    buttonOf('useModelFile').disabled = !canTrain || isBusy(activity);
    buttonOf('deleteModel').disabled = !canTrain || isBusy(activity) || network === null;
    this.showFacts(latestFacts(activity, points));
  }

  private showFacts(facts: ReturnType<typeof latestFacts>): void {
    if (this.facts.childElementCount === 0) {
      const entries = facts.map(({ name }) =>
        element('div', { className: 'fact' }, element('dt', {}, name), element('dd')),
      );
      this.facts.append(...entries);
    }
    const shown = this.facts.querySelectorAll('dd');
    facts.forEach(({ value }, i) => setText(shown[i], value));
  }
}

function buttonOf(action: Action): HTMLButtonElement {
  return byId<HTMLButtonElement>(action);
}
