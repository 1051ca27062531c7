//! The section of a library that says what it is.

use sha2::{Digest, Sha256};

use super::POINTER;
use super::layout::ABI;

const MAGIC: &[u8; 16] = b"componium-native";

/// What the section says. The world is a WIT package in binary form.
pub(super) struct Header<'a> {
    pub abi: u32,
    pub pointer: u32,
    pub digest: &'a [u8; 32],
    pub world: &'a [u8],
}

impl<'a> Header<'a> {
    /// Read the section; what is wrong where that fails.
    pub(super) fn parse(section: &'a [u8]) -> Result<Self, String> {
        let (magic, header) = Self::split(section)
            .ok_or_else(|| format!("its section with the world is cut off after {} bytes", section.len()))?;
        if magic == MAGIC { Ok(header) } else { Err("its section is not that of a native plugin".to_owned()) }
    }

    /// The magic number, and what follows; `None` where the section is too short.
    fn split(section: &'a [u8]) -> Option<(&'a [u8; 16], Self)> {
        let (magic, rest) = section.split_first_chunk()?;
        let (abi, rest) = rest.split_first_chunk()?;
        let (pointer, rest) = rest.split_first_chunk()?;
        let (digest, rest) = rest.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let world = rest.get(..usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        Some((magic, Self { abi: u32::from_le_bytes(*abi), pointer: u32::from_le_bytes(*pointer), digest, world }))
    }

    /// Whether this host can run the library; the reason where it cannot.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.abi != ABI {
            let abi = self.abi;
            return Err(format!(
                "it was built for version {abi} of the native ABI, this host has version {ABI}; build it again"
            ));
        }
        if self.pointer != POINTER {
            let bits = 8 * self.pointer;
            return Err(format!(
                "its pointers have {bits} bits, those of this process {}; build it again",
                8 * POINTER
            ));
        }
        if Sha256::digest(self.world).as_slice() != self.digest.as_slice() {
            return Err(
                "its world is not the one that it was built with: the digest differs; build it again".to_owned()
            );
        }
        Ok(())
    }

    /// The digest in hexadecimal.
    pub(super) fn digest(&self) -> String {
        self.digest.iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"))
    }
}
