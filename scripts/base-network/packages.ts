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

/**
 * What the mixing of the network with a context model is taught on; nothing of these is in the network, or in what the
 * context model's first weights were taught on.
 */
export const MIXING_PACKAGES: readonly Package[] = [
  { registry: 'npm', name: '@azure/msal-browser', version: '5.29.0', licence: 'MIT' },
  { registry: 'npm', name: '@observablehq/plot', version: '0.6.17', licence: 'ISC' },
  { registry: 'npm', name: 'hls.js', version: '1.7.4', licence: 'Apache-2.0' },
  { registry: 'npm', name: 'mathjs', version: '15.2.0', licence: 'Apache-2.0' },
  { registry: 'pip', name: 'fonttools', version: '4.68.0', licence: 'MIT' },
  { registry: 'pip', name: 'litestar', version: '2.25.0', licence: 'MIT' },
  { registry: 'pip', name: 'trimesh', version: '5.2.0', licence: 'MIT' },
  { registry: 'go', name: 'github.com/labstack/echo/v4', version: 'v4.16.4', licence: 'MIT' },
  { registry: 'go', name: 'github.com/minio/minio-go/v7', version: 'v7.4.1', licence: 'Apache-2.0' },
  { registry: 'go', name: 'github.com/valyala/fasthttp', version: 'v1.78.0', licence: 'MIT' },
  { registry: 'cargo', name: 'nng-sys', version: '0.4.0+2.0.0', licence: 'MIT' },
  { registry: 'cargo', name: 'nu-command', version: '0.116.1', licence: 'MIT' },
  { registry: 'cargo', name: 'rav1e', version: '0.8.1', licence: 'BSD-2-Clause' },
  { registry: 'cargo', name: 'rdkafka-sys', version: '4.10.0+2.12.1', licence: 'MIT' },
  { registry: 'cargo', name: 'tantivy', version: '0.27.0', licence: 'MIT' },
  { registry: 'maven', name: 'com.graphql-java:graphql-java', version: '22.3', licence: 'MIT' },
  { registry: 'maven', name: 'io.undertow:undertow-core', version: '2.3.18.Final', licence: 'Apache-2.0' },
];
