import { InvalidArgumentError, Option } from 'commander';

/** An option that takes a whole number in [min, max]. */
export function integerOption(
  flags: string,
  description: string,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): Option {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  return new Option(flags, description).argParser((text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    if (!(Number.isSafeInteger(value) && value >= min && value <= max)) {
      throw new InvalidArgumentError(`It must be a whole number ${range}.`);
    }
    return value;
  });
}

/** An option that takes a number that satisfies `holds`; `range` is the condition in words. */
export function numberOption(
  flags: string,
  description: string,
  range: string,
  holds: (value: number) => boolean,
): Option {
  return new Option(flags, description).argParser((text) => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
    if (!(Number.isFinite(value) && holds(value))) {
      throw new InvalidArgumentError(`It must be a number ${range}.`);
    }
    return value;
  });
}

/** Seeds are taken modulo 2³² by the generator; the range keeps two different seeds from being the same. */
export function seedOption(description: string): Option {
  return integerOption('--seed <n>', description, 0, 2 ** 32 - 1).default(0);
}

/** @param value the default, if there is one. */
export function temperatureOption(
  value: number | undefined,
  flags = '--temperature <t>',
  description = 'boldness, from 0 (always the most likely character) to 2',
): Option {
  return numberOption(
    flags,
    description,
    'from 0 to 2',
    (temperature) => temperature >= 0 && temperature <= 2,
  ).default(value);
}

/** An option that takes numbers of at least 0 between commas. */
export function epochsOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const epochs = text
      .split(',')
      .map((part) => (/^(\d+\.?\d*|\.\d+)$/.test(part.trim()) ? Number(part) : NaN));
    if (!epochs.every((epoch) => Number.isFinite(epoch))) {
      throw new InvalidArgumentError('It must be numbers of at least 0 between commas, such as 0,0.1,1.');
    }
    return epochs;
  });
}

export function jsonOption(): Option {
  return new Option('--json', 'print JSON and nothing else on standard output');
}
