import * as vscode from 'vscode';
import { sentenceOf } from '../../common/errors.ts';
import { localized } from '../../common/localization/localize.ts';
import {
  type Activity,
  type CurvePoint,
  type GroupName,
  type ListedFile,
  mergePoints,
  mergeSamples,
  NO_CONTENT,
  type PanelContent,
} from '../../panel/index.ts';
import type { TrainingEvent } from '../../training/index.ts';
import type { ModelStore } from '../model/model-store.ts';
import type { Obstacle } from '../../session/index.ts';
import { currentObstacle } from '../status/obstacle.ts';
import { obstacleSentence } from '../status/status-text.ts';
import type { TrainingController } from '../training/training-controller.ts';
import { type CorpusRecord, filesOf, isListed, recordOf, summaryOf } from './corpus-files.ts';
import { type ModelContent, readModelContent } from './model-content.ts';
import { RunHistory } from './run-history.ts';
import { pointsOfModel, readHistory, writeHistory } from './stored-history.ts';

/** The model and trainings of this workspace that the panel shows. */
export interface PanelWorkspace {
  readonly store: Pick<ModelStore, 'path' | 'onDidChange'>;
  readonly training: Pick<TrainingController, 'state' | 'failure' | 'onDidChange' | 'onDidReport'>;
}

type Update = Omit<Partial<PanelContent>, 'counts'>;

/**
 * Follows the trainings of this window, whether a panel is open or not, so that one that is opened later shows all of
 * them. Files are read only when a panel asks, and written when a training saves its model.
 */
export class PanelSource implements vscode.Disposable {
  private readonly workspace: PanelWorkspace | undefined;
  private readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  private readonly updated = new vscode.EventEmitter<Update>();
  /** Fires with what changed while a training runs. */
  readonly onDidUpdate = this.updated.event;
  private readonly replaced = new vscode.EventEmitter<void>();
  /** Fires when everything may be different: another model, or a training that began or ended. */
  readonly onDidReplace = this.replaced.event;
  private readonly owned: vscode.Disposable[];
  private run: RunHistory | undefined;
  private activity: Activity | undefined;
  private corpus: CorpusRecord | null = null;
  /** Whether `corpus` is that of a model that was saved. */
  private isSaved = false;
  /** Whether there was a model when it was looked at after the last training, or that went on from one or saved one. */
  private hadModel = false;

  /** @param workspace undefined where no folder is open. */
  constructor(workspace: PanelWorkspace | undefined, log: Pick<vscode.LogOutputChannel, 'warn'>) {
    this.workspace = workspace;
    this.log = log;
    this.owned = workspace
      ? [
          workspace.training.onDidReport((event) => this.record(event)),
          workspace.training.onDidChange(() => this.followState()),
          workspace.store.onDidChange(() => this.followModel()),
          vscode.workspace.onDidGrantWorkspaceTrust(() => this.replaced.fire()),
        ]
      : [];
  }

  /** Everything but the counts of suggestions. */
  async content(): Promise<Omit<PanelContent, 'counts'>> {
    const obstacle = currentObstacle(this.workspace !== undefined);
    if (!this.workspace || obstacle) return { ...NO_CONTENT, activity: unavailable(obstacle ?? 'no-folder') };
    const { store, training } = this.workspace;
    const [model, stored] = await Promise.all([readModelContent(store.path), readHistory(store.path)]);
    const run = this.runOf(model);
    // What was saved and is no longer there was deleted, or replaced by another model.
    const isDeleted = this.hadModel && model === undefined && !training.state;
    if ((this.isSaved && run === undefined) || isDeleted) this.corpus = null;
    if (!training.state) this.hadModel = model !== undefined;
    if (this.corpus === null && model !== undefined) [this.corpus, this.isSaved] = [stored.corpus, true];
    const { failure } = training;
    const idle: Activity = {
      kind: 'idle',
      hasModel: model !== undefined,
      ...(failure !== undefined && { failure }),
    };
    const past = model ? pastPoints(model, stored.points, run) : [];
    return {
      activity: training.state ? (this.activity ?? STARTING) : idle,
      points: mergePoints(past, run?.points ?? []),
      samples: mergeSamples(model?.samples ?? [], run?.samples ?? []),
      corpus: this.corpus && summaryOf(this.corpus, roots()),
      network: model?.network ?? null,
    };
  }

  /** Files of a group of the corpus; none where nothing was read. */
  files(group: GroupName): { files: readonly ListedFile[]; total: number } {
    return this.corpus ? filesOf(this.corpus, group, roots()) : { files: [], total: 0 };
  }

  /** Whether the page shows this path. */
  isListed(path: string): boolean {
    return this.corpus !== null && isListed(this.corpus, path);
  }

  dispose(): void {
    for (const disposable of this.owned) disposable.dispose();
    this.updated.dispose();
    this.replaced.dispose();
  }

  /** The training under way or, where the file still has what it saved, the last one. */
  private runOf(model: ModelContent | undefined): RunHistory | undefined {
    if (!this.run || this.workspace?.training.state) return this.run;
    const isSaved = model && pointsOfModel(this.run.points, model.points, model.network.steps).length > 0;
    return isSaved ? this.run : undefined;
  }

  private record(event: TrainingEvent): void {
    const now = performance.now();
    this.run ??= new RunHistory(now);
    if (event.event === 'corpus') this.corpus = recordOf(event);
    const update = this.run.add(event, now);
    this.activity = update.activity ?? this.activity;
    if (event.event === 'corpus') this.updated.fire({ corpus: summaryOf(recordOf(event), roots()) });
    else if (Object.keys(update).length > 0) this.updated.fire(update);
    if (event.event === 'started' && event.resumedFromStep > 0) this.hadModel = true;
    if (event.event === 'checkpoint') [this.isSaved, this.hadModel] = [true, true];
    if (event.event === 'checkpoint' || event.event === 'done') void this.save();
    // The file has the network's shape, and the steps before this training.
    if (event.event === 'checkpoint') this.replaced.fire();
  }

  /** A training began or ended. */
  private followState(): void {
    const isTraining = this.workspace?.training.state !== undefined;
    if (isTraining === (this.activity !== undefined)) return;
    if (isTraining) [this.run, this.isSaved, this.hadModel] = [undefined, false, false];
    this.activity = isTraining ? STARTING : undefined;
    this.replaced.fire();
  }

  /** This window's trainings report what they save themselves. */
  private followModel(): void {
    if (!this.workspace?.training.state) this.replaced.fire();
  }

  private async save(): Promise<void> {
    const { run, workspace } = this;
    if (!run || !workspace) return;
    const { path } = workspace.store;
    try {
      const { points } = await readHistory(path);
      const from = run.resumedFromStep ?? 0;
      const earlier = points.filter(({ step }) => step < from).map(withoutTime);
      await writeHistory(path, { points: mergePoints(earlier, run.points), corpus: this.corpus });
    } catch (error) {
      this.log.warn(`the history of this training is not saved for the panel: ${sentenceOf(error)}`);
    }
  }
}

const STARTING: Activity = { kind: 'reading', filesSeen: 0, charactersRead: 0 };

function unavailable(obstacle: NonNullable<Obstacle>): Activity {
  return { kind: 'unavailable', sentence: localized(obstacleSentence(obstacle)) };
}

/** What is known of the model's steps before a run, which alone has times. */
function pastPoints(
  { points: recorded, network }: ModelContent,
  stored: readonly CurvePoint[],
  run: RunHistory | undefined,
): readonly CurvePoint[] {
  const points = mergePoints(recorded, pointsOfModel(stored, recorded, network.steps));
  const from = run?.resumedFromStep ?? run?.points[0]?.step;
  return from === undefined ? points : points.filter(({ step }) => step < from).map(withoutTime);
}

function withoutTime({ seconds: _, ...point }: CurvePoint): CurvePoint {
  return point;
}

function roots(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
}
