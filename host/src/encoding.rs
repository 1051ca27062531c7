//! How guests encode their strings.

/// The encoding of a guest's strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
    CompactUtf16,
}

/// The flag that marks UTF-16 in the length of a `latin1+utf16` string.
pub(crate) const UTF16_TAG: usize = 1 << 31;

/// Text in the guest's encoding, its length in the guest's units, and its alignment; `None` where it stays UTF-8.
pub(crate) fn transcode(text: &str, encoding: Encoding) -> Option<(Vec<u8>, usize, u32)> {
    let utf16 = |tag: usize| {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let units = bytes.len() / 2;
        Some((bytes, units | tag, 2))
    };
    match encoding {
        Encoding::Utf8 => None,
        Encoding::Utf16 => utf16(0),
        Encoding::CompactUtf16 => {
            let latin1: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
            match latin1 {
                Some(bytes) => {
                    let length = bytes.len();
                    Some((bytes, length, 2))
                }
                None => utf16(UTF16_TAG),
            }
        }
    }
}
