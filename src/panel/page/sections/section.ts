import type { PanelContent } from '../../protocol.ts';

/** A part of the page. */
export interface Section {
  /** Shows what differs between `content` and `before`, which is what was shown last. */
  show(content: PanelContent, before: PanelContent): void;
}
