import type { PanelContent, Sample } from '../../protocol.ts';
import { localize } from '../../../common/localization/localize.ts';
import { sampleText } from '../../view-model/texts.ts';
import { keep, keptState } from '../connection.ts';
import { byId, setText } from '../elements.ts';
import type { Section } from './section.ts';

/** A new sample appears within this time, some characters in each frame. */
const WRITING_MS = 1_500;

/** The samples, by a slider; the newest one appears as it is written unless another one was chosen. */
export class WritingSection implements Section {
  private readonly slider = byId<HTMLInputElement>('sample-slider');
  private readonly label = byId('sample-label');
  private readonly text = byId('sample-text');
  private samples: readonly Sample[] = [];
  /** Step of the chosen sample; undefined: the newest, whichever it is. */
  private chosenStep = keptState().sampleStep;
  private shown: Sample | undefined;
  private writing = 0;

  constructor() {
    this.slider.addEventListener('input', () => this.choose(Number(this.slider.value)));
  }

  show({ samples }: PanelContent, before: PanelContent): void {
    if (samples === before.samples && samples === this.samples) return;
    const hadSamples = this.samples.length > 0;
    this.samples = samples;
    byId('writing').classList.toggle('empty', samples.length === 0);
    this.slider.disabled = samples.length < 2;
    this.slider.max = String(Math.max(0, samples.length - 1));
    const index = this.indexOfChosen();
    this.slider.value = String(index);
    if (samples.length > 0) this.showSample(samples[index], hadSamples && index === samples.length - 1);
  }

  private indexOfChosen(): number {
    const last = this.samples.length - 1;
    if (this.chosenStep === undefined) return last;
    const index = this.samples.findIndex(({ step }) => step === this.chosenStep);
    return index < 0 ? last : index;
  }

  private choose(index: number): void {
    const isNewest = index >= this.samples.length - 1;
    this.chosenStep = isNewest ? undefined : this.samples[index]?.step;
    keep({ sampleStep: this.chosenStep });
    if (this.samples[index]) this.showSample(this.samples[index], false);
  }

  private showSample(sample: Sample, isNew: boolean): void {
    const label = localize`${sampleText(sample)} (${this.samples.indexOf(sample) + 1} of ${this.samples.length})`;
    setText(this.label, label);
    this.slider.setAttribute('aria-valuetext', label);
    if (sample.step === this.shown?.step && sample.text === this.shown.text) return;
    this.shown = sample;
    cancelAnimationFrame(this.writing);
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (isNew && !isCalm) this.write(sample.text, performance.now());
    else setText(this.text, sample.text);
  }

  private write(text: string, beginMs: number): void {
    const part = (performance.now() - beginMs) / WRITING_MS;
    setText(this.text, text.slice(0, Math.ceil(text.length * part)));
    if (part < 1) this.writing = requestAnimationFrame(() => this.write(text, beginMs));
  }
}
