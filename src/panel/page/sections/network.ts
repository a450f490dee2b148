import type { PanelContent } from '../../protocol.ts';
import { displayLanguage } from '../../../common/localization/localize.ts';
import { networkFacts } from '../../view-model/texts.ts';
import { byId, element } from '../elements.ts';
import type { Section } from './section.ts';

/** Shape, size and engine of the network. */
export class NetworkSection implements Section {
  private readonly list = byId('network-facts');

  show({ network }: PanelContent, before: PanelContent): void {
    if (network === before.network) return;
    const facts = network
      ? networkFacts(network, new Date(network.savedAt).toLocaleString(displayLanguage()))
      : [];
    byId('network').classList.toggle('empty', network === null);
    this.list.replaceChildren(
      ...facts.map(({ name, value }) =>
        element('div', {}, element('dt', {}, name), element('dd', {}, value)),
      ),
    );
  }
}
