/** Loaded before our scripts, which are TypeScript: an old Node would only report an unknown file extension. */
if (!process.features.typescript) {
  console.error(
    `Node ${process.versions.node} cannot run this project's scripts, and npm has no Node 24 for ${process.platform} ${process.arch} as a dependency; install Node 24 and try again.`,
  );
  process.exit(1);
}
