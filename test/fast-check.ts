import fc from 'fast-check';

// The same cases in every run, so that what fails fails again. `npm run fuzz` draws others.
fc.configureGlobal({ seed: 1 });

export default fc;
