//! A file that is read line by line, as often as wished, and never held whole.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor};
use std::path::PathBuf;
use std::sync::Arc;

use super::Source;

/// Longest line that is read, in bytes; of a longer one only its length is known.
pub const LONGEST_LINE: usize = 256 * 1_024;

/// Where the lines come from.
#[derive(Debug, Clone)]
enum Origin {
    Disk(PathBuf),
    Memory(Arc<Vec<u8>>),
}

/// A file of lines.
#[derive(Debug, Clone)]
pub struct LineSource {
    /// Its name without the folder.
    pub name: String,
    origin: Origin,
}

/// A line of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// Its bytes without the end of the line.
    Whole(&'a [u8]),
    /// Longer than [`LONGEST_LINE`].
    TooLong,
}

impl LineSource {
    /// A file on the disk.
    pub fn disk(path: PathBuf) -> Self {
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        Self { name, origin: Origin::Disk(path) }
    }

    /// A file that is in memory.
    pub fn memory(source: Source) -> Self {
        Self { name: source.name, origin: Origin::Memory(Arc::new(source.bytes)) }
    }

    /// The bytes from the beginning.
    pub fn open(&self) -> io::Result<Box<dyn BufRead>> {
        match &self.origin {
            Origin::Disk(path) => Ok(Box::new(BufReader::with_capacity(64 * 1_024, File::open(path)?))),
            Origin::Memory(bytes) => Ok(Box::new(Cursor::new(SharedBytes(Arc::clone(bytes))))),
        }
    }

    /// Hands every line to `each`, with its number from 1.
    pub fn for_each<E: From<io::Error>>(&self, mut each: impl FnMut(u64, Line<'_>) -> Result<(), E>) -> Result<(), E> {
        let mut reader = self.open()?;
        let mut line = Vec::new();
        for number in 1.. {
            match next_line(&mut reader, &mut line)? {
                Read::End => break,
                Read::TooLong => each(number, Line::TooLong)?,
                Read::Line => {
                    let bytes = line.strip_suffix(b"\r").unwrap_or(&line);
                    let mark: &[u8] = if number == 1 { b"\xef\xbb\xbf" } else { b"" };
                    each(number, Line::Whole(bytes.strip_prefix(mark).unwrap_or(bytes)))?;
                }
            }
        }
        Ok(())
    }
}

#[derive(Debug)]
struct SharedBytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for SharedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

enum Read {
    End,
    TooLong,
    Line,
}

/// Reads up to the end of the line; what is beyond the longest line is skipped and not kept.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Read> {
    line.clear();
    let mut length = 0;
    loop {
        let part = reader.fill_buf()?;
        if part.is_empty() {
            break;
        }
        let end = part.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(part.len(), |end| end + 1);
        let content = &part[..end.unwrap_or(part.len())];
        length += taken;
        if line.len() + content.len() <= LONGEST_LINE {
            line.extend_from_slice(content);
        } else if length <= LONGEST_LINE + taken {
            line.clear();
        }
        reader.consume(taken);
        if end.is_some() {
            break;
        }
    }
    Ok(match length {
        0 => Read::End,
        length if length > LONGEST_LINE + 1 => Read::TooLong,
        _ => Read::Line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: Vec<u8>) -> Vec<(u64, Option<usize>)> {
        let mut found = Vec::new();
        let source = LineSource::memory(Source { name: "f".to_owned(), bytes });
        source
            .for_each(|number, line| {
                found.push((number, if let Line::Whole(bytes) = line { Some(bytes.len()) } else { None }));
                io::Result::Ok(())
            })
            .unwrap();
        found
    }

    #[test]
    fn lines_have_numbers_and_neither_mark_nor_ends() {
        assert_eq!(lines(b"\xef\xbb\xbfab\r\n\nc".to_vec()), [(1, Some(2)), (2, Some(0)), (3, Some(1))]);
        assert_eq!(lines(Vec::new()), []);
    }

    #[test]
    fn a_line_longer_than_the_longest_is_skipped_and_the_next_one_read() {
        let mut bytes = vec![b'a'; LONGEST_LINE];
        bytes.push(b'\n');
        bytes.extend(vec![b'b'; 1_000_000]);
        bytes.extend(b"\nc\n");
        assert_eq!(lines(bytes), [(1, Some(LONGEST_LINE)), (2, None), (3, Some(1))]);
    }
}
