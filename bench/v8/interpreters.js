// Has interpreters that are WebAssembly modules interpret a program, on request. A line "quickjs MODULE PROGRAM", "sqlite
// MODULE PROGRAM" or "loop MODULE STEPCOUNT" on standard input is answered by "RESULT PROCESSOR CLOCK" on standard output, times in nanoseconds.
//
//   node interpreters.js
'use strict';
const fs = require('node:fs');
const readline = require('node:readline');

const running = new Map();

// Imported functions do nothing and return 0: what is interpreted needs none of them. Imported memories are as large as emscripten's.
function load(path) {
  const module = new WebAssembly.Module(fs.readFileSync(path));
  const imports = {};
  let memory;
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = kind === 'memory' ? memory = new WebAssembly.Memory({ initial: 256, maximum: 32768 }) : () => 0;
  }
  return { exports: new WebAssembly.Instance(module, imports).exports, memory };
}

function place(memory, address, text) {
  const bytes = Buffer.from(text + '\0');
  new Uint8Array(memory.buffer).set(bytes, address);
  return bytes.length - 1;
}

function quickjs(path) {
  const { exports, memory } = load(path);
  exports.u();                                        // constructors
  const context = exports.N(exports.K(), 0);          // QTS_NewContext, QTS_NewRuntime
  return program => {
    const code = exports.v(program.length + 1), name = exports.v(8);
    const value = exports.pa(context, code, place(memory, code, program), (place(memory, name, 'x.js'), name), 0, 0);  // QTS_Eval
    return exports.Z(context, value);                 // QTS_GetFloat64
  };
}

function sqlite(path) {
  const { exports, memory } = load(path);
  exports.__wasm_call_ctors();
  const out = exports.sqlite3_malloc(16), name = exports.sqlite3_malloc(16);
  place(memory, name, ':memory:');
  exports.sqlite3_open_v2(name, out, 6, 0);
  const read = () => new DataView(memory.buffer).getUint32(out, true);
  const database = read();
  return program => {
    const text = exports.sqlite3_malloc(program.length + 1);
    place(memory, text, program);
    exports.sqlite3_prepare_v2(database, text, -1, out, 0);
    const statement = read();
    exports.sqlite3_step(statement);
    const result = exports.sqlite3_column_int64(statement, 0);
    exports.sqlite3_finalize(statement);
    exports.sqlite3_free(text);
    return result;
  };
}

function loop(path) {
  const { exports } = load(path);
  return program => exports.run(Number(program));
}

const kinds = { quickjs, sqlite, loop };

readline.createInterface({ input: process.stdin }).on('line', line => {
  const [kind, path, program] = line.split(' ');
  if (!running.has(path)) running.set(path, kinds[kind](path));
  const text = fs.readFileSync(program, 'utf8');
  const clock = process.hrtime.bigint();
  const processor = process.cpuUsage();
  const result = running.get(path)(text);
  const { user, system } = process.cpuUsage(processor);
  process.stdout.write(`${result} ${(user + system) * 1000} ${process.hrtime.bigint() - clock}\n`);
});
