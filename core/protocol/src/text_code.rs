//! Bytes as text that people copy, print or scan: after a word and a version, unpadded upper-case base32 (RFC 4648)
//! of the bytes and a CRC-32 of them, which tells a slip of the finger from another kind of text.

use data_encoding::BASE32_NOPAD;
use zeroize::Zeroizing;

/// The one version there is.
const VERSION: u8 = 1;

/// One kind of such texts.
pub(crate) struct TextCode {
    /// What each begins with, before its version.
    pub prefix: &'static str,
    /// Bytes of the longest text that is looked at.
    pub text_max: usize,
    /// How a letter of the code is read; `None` for one that only makes it easier to read.
    pub read_as: fn(char) -> Option<char>,
}

/// Why a text is none of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextFault {
    /// It is something else.
    Foreign,
    /// It is one, with a slip in it.
    Damaged,
    /// A program of a later version made it.
    Later(u8),
}

impl TextCode {
    /// The text of these bytes. `group` puts a hyphen after so many letters of the code.
    pub fn write(&self, bytes: &[u8], group: Option<usize>) -> Zeroizing<String> {
        let mut all = Zeroizing::new(Vec::with_capacity(bytes.len() + 4));
        all.extend_from_slice(bytes);
        all.extend_from_slice(&crc32(bytes).to_le_bytes());
        let code = Zeroizing::new(BASE32_NOPAD.encode(&all));
        let mut text = Zeroizing::new(String::with_capacity(self.text_max));
        text.push_str(self.prefix);
        text.push_str("1/");
        for (at, letter) in code.chars().enumerate() {
            if at > 0 && group.is_some_and(|group| at % group == 0) {
                text.push('-');
            }
            text.push(letter);
        }
        text
    }

    /// The bytes of a text, in either case, with or without white space in it.
    ///
    /// # Errors
    /// What it is instead.
    pub fn read(&self, text: &str) -> Result<Zeroizing<Vec<u8>>, TextFault> {
        if text.len() > self.text_max {
            return Err(TextFault::Foreign);
        }
        let text: Zeroizing<String> = Zeroizing::new(
            text.chars()
                .filter(|letter| !letter.is_whitespace())
                .map(|letter| letter.to_ascii_uppercase())
                .collect(),
        );
        let (version, code) = text
            .strip_prefix(self.prefix)
            .and_then(|rest| rest.split_once('/'))
            .ok_or(TextFault::Foreign)?;
        let number: u8 = version.parse().map_err(|_| TextFault::Damaged)?;
        // "01" and "+1" read as 1 too; a value has one encoding.
        if number < VERSION || number.to_string() != version {
            return Err(TextFault::Damaged);
        }
        if number > VERSION {
            return Err(TextFault::Later(number));
        }
        let code: Zeroizing<String> =
            Zeroizing::new(code.chars().filter_map(self.read_as).collect());
        let mut bytes = BASE32_NOPAD
            .decode(code.as_bytes())
            .map(Zeroizing::new)
            .map_err(|_| TextFault::Damaged)?;
        let (fields, checksum) = bytes.split_last_chunk::<4>().ok_or(TextFault::Damaged)?;
        if crc32(fields) != u32::from_le_bytes(*checksum) {
            return Err(TextFault::Damaged);
        }
        let end = fields.len();
        bytes.truncate(end);
        Ok(bytes)
    }
}

/// CRC-32 (ISO-HDLC): finds typing errors, proves nothing.
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    const CODE: TextCode = TextCode {
        prefix: "BELAY-TEST:",
        text_max: 100,
        read_as: |letter| (letter != '-').then_some(letter),
    };

    #[test]
    fn the_checksum_is_the_well_known_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_version_has_one_way_of_being_written() {
        let text = CODE.write(b"hello", Some(4));
        assert_eq!(*CODE.read(&text).unwrap(), b"hello");
        let with = |version: &str| CODE.read(&text.replacen("1/", &format!("{version}/"), 1));
        assert_eq!(with("2"), Err(TextFault::Later(2)));
        for version in ["01", "+1", "0", "", "x", "256"] {
            assert_eq!(with(version), Err(TextFault::Damaged), "{version}");
        }
        assert_eq!(CODE.read("BELAY-TEST"), Err(TextFault::Foreign));
        assert_eq!(CODE.read(&"x".repeat(101)), Err(TextFault::Foreign));
    }
}
