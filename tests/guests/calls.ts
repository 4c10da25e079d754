// AssemblyScript, which calls WASI without a library between: writes a file, reads it back in two buffers, and lists its directory.
// @ts-ignore: decorators and intrinsics are AssemblyScript's.
@external("wasi_snapshot_preview1", "path_open")
declare function path_open(fd: i32, dirflags: i32, path: usize, length: i32, oflags: i32, rights: i64, inheriting: i64, fdflags: i32, opened: usize): i32;
@external("wasi_snapshot_preview1", "fd_write")
declare function fd_write(fd: i32, buffers: usize, count: i32, written: usize): i32;
@external("wasi_snapshot_preview1", "fd_read")
declare function fd_read(fd: i32, buffers: usize, count: i32, read: usize): i32;
@external("wasi_snapshot_preview1", "fd_seek")
declare function fd_seek(fd: i32, offset: i64, whence: i32, position: usize): i32;
@external("wasi_snapshot_preview1", "fd_readdir")
declare function fd_readdir(fd: i32, buffer: usize, length: i32, cookie: i64, used: usize): i32;
@external("wasi_snapshot_preview1", "fd_close")
declare function fd_close(fd: i32): i32;

const ROOT = 3;
const RESULT = memory.data(8);
const PRINTED = memory.data(8);
const BUFFERS = memory.data(16);
const BYTES = memory.data(512);

function write(fd: i32, text: string, written: usize = RESULT): i32 {
  const bytes = String.UTF8.encode(text);
  store<usize>(BUFFERS, changetype<usize>(bytes));
  store<i32>(BUFFERS + 4, bytes.byteLength);
  return fd_write(fd, BUFFERS, 1, written);
}

function print(text: string): void {
  write(1, text + "\n", PRINTED);
}

function main(): void {
  const name = String.UTF8.encode("grüße.txt");
  const rights: i64 = (1 << 1) | (1 << 2) | (1 << 6);
  print("opened: " + path_open(ROOT, 0, changetype<usize>(name), name.byteLength, 1, rights, 0, 0, RESULT).toString());
  const file = load<i32>(RESULT);
  print("written: " + write(file, "Hello, AssemblyScript").toString());
  print("sought: " + fd_seek(file, 7, 0, RESULT).toString() + " at " + load<i64>(RESULT).toString());

  store<usize>(BUFFERS, BYTES);
  store<i32>(BUFFERS + 4, 8);
  store<usize>(BUFFERS + 8, BYTES + 100);
  store<i32>(BUFFERS + 12, 100);
  const error = fd_read(file, BUFFERS, 2, RESULT);
  print("read: " + error.toString() + ", " + load<i32>(RESULT).toString() + " bytes");
  print(String.UTF8.decodeUnsafe(BYTES, 8) + "|" + String.UTF8.decodeUnsafe(BYTES + 100, 6));
  print("closed: " + fd_close(file).toString() + ", then " + fd_close(file).toString());

  print("listed: " + fd_readdir(ROOT, BYTES, 512, 0, RESULT).toString());
  for (let at = BYTES, end = BYTES + load<i32>(RESULT); at < end;) {
    const length = load<i32>(at + 16);
    print("  " + String.UTF8.decodeUnsafe(at + 24, length) + " " + load<u8>(at + 20).toString());
    at += 24 + length;
  }
}

main();
