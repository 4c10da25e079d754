//! What Rust's standard library asks of WASI: arguments, variables, input, clocks, files, directories, and ways to end.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};
use std::{env, process, thread};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().collect();
    println!("arguments {arguments:?}");
    match arguments.get(1).map(String::as_str) {
        Some("exit") => process::exit(3),
        Some("panic") => panic!("at the disco"),
        Some("error") => return Err(io::Error::other("out of luck")),
        _ => {}
    }
    variables();
    input()?;
    clocks();
    files()?;
    directories()?;
    refusals();
    Ok(())
}

fn variables() {
    let variables: BTreeMap<String, String> = env::vars().collect();
    println!("variables {variables:?}");
    println!("GREETING is {:?}, NOTHING is {:?}", env::var("GREETING"), env::var("NOTHING"));
}

fn input() -> io::Result<()> {
    let mut counts: HashMap<String, usize> = HashMap::new(); // seeded with random bytes
    let mut line_count = 0;
    for line in io::stdin().lock().lines() {
        line_count += 1;
        for word in line?.split_whitespace() {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
    }
    let mut words: Vec<_> = counts.into_iter().collect();
    words.sort();
    println!("{line_count} lines of {words:?}");
    Ok(())
}

fn clocks() {
    let (start, pause) = (Instant::now(), Duration::from_millis(5));
    thread::sleep(pause);
    println!("slept long enough: {}", start.elapsed() >= pause);
    println!("the epoch is past: {}", SystemTime::now() > SystemTime::UNIX_EPOCH);
}

fn files() -> io::Result<()> {
    let mut writer = BufWriter::new(File::create("/poem.txt")?);
    for number in 1..=1000 {
        writeln!(writer, "line {number}")?;
    }
    writer.into_inner()?.sync_all()?;

    let reader = BufReader::new(File::open("/poem.txt")?);
    let sum: usize = reader.lines().map_while(Result::ok).filter_map(|line| line[5..].parse::<usize>().ok()).sum();
    println!("{} bytes, numbers to {sum}", fs::metadata("/poem.txt")?.len());

    let mut file = OpenOptions::new().read(true).write(true).open("/poem.txt")?;
    file.seek(SeekFrom::End(-5))?;
    let mut tail = String::new();
    file.read_to_string(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(b"LINE")?;
    file.set_len(7)?;
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000))?;
    let age = file.metadata()?.modified()?.duration_since(SystemTime::UNIX_EPOCH);
    println!("ended in {tail:?}, is {:?} of {:?}", fs::read_to_string("/poem.txt")?, age.map(|age| age.as_secs()));

    OpenOptions::new().append(true).open("/poem.txt")?.write_all("und Ende\n".as_bytes())?;
    fs::copy("/poem.txt", "/copy.txt")?;
    fs::rename("/copy.txt", "/Kopie ä.txt")?;
    println!("copied {:?}", fs::read_to_string("/Kopie ä.txt")?);
    fs::remove_file("/poem.txt")?;
    fs::remove_file("/Kopie ä.txt")
}

fn directories() -> io::Result<()> {
    fs::create_dir_all("/tree/a/b/c")?;
    for number in 0..100 {
        fs::write(format!("/tree/a/{number:02}.txt"), vec![b'x'; number])?;
    }
    let mut sizes = BTreeMap::new();
    for entry in fs::read_dir("/tree/a")? {
        let entry = entry?;
        sizes.insert(entry.file_name(), (entry.file_type()?.is_dir(), entry.metadata()?.len()));
    }
    let (folders, files): (Vec<_>, Vec<_>) = sizes.iter().partition(|(_, (is_folder, _))| *is_folder);
    let byte_count: u64 = files.iter().map(|(_, (_, size))| size).sum();
    println!("{} folder, {} files of {byte_count} bytes", folders.len(), files.len());
    fs::rename("/tree/a", "/tree/z")?;
    println!("{} moved, {} left", Path::new("/tree/z/b/c").is_dir(), Path::new("/tree/a").exists());
    fs::remove_dir_all("/tree")?;
    println!("{} entries at the end", fs::read_dir("/")?.count());
    Ok(())
}

fn refusals() {
    let kind = |result: io::Result<()>| result.err().map(|error| error.kind());
    let _ = fs::create_dir("/folder");
    let _ = fs::write("/folder/file", "x");
    println!("missing: {:?}", kind(File::open("/missing").map(drop)));
    println!("exists: {:?}", kind(File::create_new("/folder/file").map(drop)));
    println!("not empty: {:?}", kind(fs::remove_dir("/folder")));
    println!("no folder: {:?}", kind(fs::read_dir("/folder/file").map(drop)));
    println!("outside: {}", fs::read_to_string("/../../etc/passwd").is_err());
    println!("no file: {:?}", kind(fs::remove_file("/folder")));
    let _ = fs::remove_dir_all("/folder");
}
