// Runs kernels on request. A line "MODULE N" on standard input is answered by "CHECKSUM PROCESSOR CLOCK" on standard output: what
// run(N) of that file returned, and what it took in nanoseconds, of this process and by the clock.
//
//   node --no-liftoff driver.js
'use strict';
const fs = require('node:fs');
const readline = require('node:readline');

const kernels = new Map();

function load(path) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(path)));
  kernels.set(path, exports.run);
  return exports.run;
}

readline.createInterface({ input: process.stdin }).on('line', line => {
  const [path, n] = line.split(' ');
  const run = kernels.get(path) ?? load(path);
  const clock = process.hrtime.bigint();
  const processor = process.cpuUsage();
  const checksum = run(Number(n));
  const { user, system } = process.cpuUsage(processor);
  const elapsed = process.hrtime.bigint() - clock;
  process.stdout.write(`${checksum} ${(user + system) * 1000} ${elapsed}\n`);
});
