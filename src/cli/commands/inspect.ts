import { resolve } from 'node:path';
import { Command } from 'commander';
import { parameterCount, readModel } from '../../model/index.ts';
import type { Model } from '../../model/index.ts';
import { jsonOption } from '../options/option-values.ts';
import type { Output } from '../output/output.ts';

export function inspectCommand(output: Output): Command {
  return new Command('inspect')
    .description('Shows what a model file holds: its network, how long it was trained, how well it predicts.')
    .argument('<file>', 'model file')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  char-rnn inspect code.safetensors --json')
    .action(async (path: string, options: { json?: true }) => {
      const model = await readModel(resolve(path));
      if (options.json) await output.json(summary(model));
      else await output.line(table(model));
    });
}

function summary(model: Model): object {
  const { resume, ...training } = model.training;
  return {
    specification: model.specification,
    vocabularySize: model.vocabulary.length,
    parameters: parameterCount(model.specification),
    ...training,
    exactResume: model.optimizer !== null && model.state !== null && resume !== null,
  };
}

function table(model: Model): string {
  const { cell, layers, units, embedding, dropout, prior = false } = model.specification;
  const { training } = model;
  const [loss, validation] = [training.losses.at(-1), training.validations.at(-1)];
  const rows: [string, string][] = [
    ['network', `${cell}, ${layers} ${layers === 1 ? 'layer' : 'layers'} of ${units} units`],
    ['context model', prior ? 'trained jointly with one' : 'none: trained alone'],
    ['symbols in', embedding > 0 ? `embedding of ${embedding} values` : 'one-hot'],
    ['dropout', String(dropout)],
    ['vocabulary', `${model.vocabulary.length} symbols`],
    ['parameters', String(parameterCount(model.specification))],
    ['trained', `${training.steps} steps, ${training.epochs} epochs, ${training.characters} characters`],
    ['in', `${training.seconds.toFixed(1)} s on engine ${training.engine} (${training.engineReason})`],
    [
      'with',
      `${training.optimizer}, learning rate ${training.learningRate} x ${training.learningRateDecay} an epoch`,
    ],
    ['batches', `${training.batchSize} x ${training.sequenceLength}, seed ${training.seed}`],
    ['training loss', loss ? `${loss.loss.toFixed(4)} nats at step ${loss.step}` : 'none yet'],
    [
      'held out',
      validation
        ? `${validation.bitsPerCharacter.toFixed(3)} bits per character at step ${validation.step}`
        : 'not measured yet',
    ],
    ['saved', training.savedAt],
  ];
  return rows.map(([name, value]) => `${name.padEnd(15)}${value.replace(/\p{Cc}/gu, '?')}`).join('\n');
}
