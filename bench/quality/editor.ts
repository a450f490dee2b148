import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModel } from '../../src/model/index.ts';
import type { Tensors } from '../../src/model/index.ts';
import { train } from '../../src/training/index.ts';
import { editorOptions } from '../editor-settings.ts';
import type { Material } from './material.ts';
import type { Progress, Trainee } from './trainee.ts';

/** The product's own training with the wasm engine, resumed from its model file as the editor does. */
export class EditorTraining implements Trainee {
  readonly name = 'ours';
  private readonly material: Material;
  private readonly folder = mkdtempSync(join(tmpdir(), 'char-rnn-bench-'));
  private progress: Progress = { seconds: 0, characters: 0 };

  constructor(material: Material) {
    this.material = material;
  }

  async trainUntil(seconds: number): Promise<Progress> {
    const missing = seconds - this.progress.seconds;
    if (missing <= 0) return this.progress;
    await this.trainFor(missing);
    const { training, vocabulary } = await readModel(this.modelPath);
    if (vocabulary.join('') !== this.material.vocabulary.symbols.join('')) {
      throw new Error('the files changed meanwhile: training used other characters');
    }
    this.progress = { seconds: training.seconds, characters: training.characters };
    return this.progress;
  }

  /** Stops the training as a user would, because a training that ends by itself validates first. */
  private async trainFor(seconds: number): Promise<void> {
    const stop = new AbortController();
    await train(
      {
        modelPath: this.modelPath,
        corpus: this.material.corpus,
        options: { ...editorOptions(), epochs: Number.MAX_SAFE_INTEGER },
        limits: 'further',
        engine: 'wasm',
        threads: 0,
        resume: true,
      },
      {
        signal: stop.signal,
        onEvent: ({ event }) => {
          if (event === 'started') setTimeout(() => stop.abort(), seconds * 1000);
        },
      },
    );
  }

  async weights(): Promise<Tensors> {
    return (await readModel(this.modelPath)).weights;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get modelPath(): string {
    return join(this.folder, 'model.safetensors');
  }
}
