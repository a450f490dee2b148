import packages from './packages.json';

/** Where packages come from: each is fetched by the package manager of that name. */
export type Registry = keyof typeof packages;

/** A package whose source files the base network learns from. */
export interface Package {
  readonly registry: Registry;
  /** As its package manager names it; `group:artifact` for Maven. */
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as the package states it. */
  readonly licence: string;
}

/** The packages of packages.json. */
export const PACKAGES: readonly Package[] = (Object.keys(packages) as Registry[]).flatMap((registry) =>
  packages[registry].map(([name, version, licence]) => ({ registry, name, version, licence })),
);

/** What the mixing of the network with a context model is taught on; nothing of these is in the network. */
export const MIXING_PACKAGES: readonly Package[] = [
  { registry: 'go', name: 'github.com/caddyserver/caddy/v2', version: 'v2.7.6', licence: 'Apache-2.0' },
  { registry: 'go', name: 'github.com/spf13/cobra', version: 'v1.8.1', licence: 'Apache-2.0' },
  { registry: 'npm', name: 'zod', version: '4.0.5', licence: 'MIT' },
  { registry: 'pip', name: 'sqlglot', version: '25.0.0', licence: 'MIT' },
];
