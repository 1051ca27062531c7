//! What compiled code depends on.

use std::hash::{Hash, Hasher};

use wasmtime::Engine;

/// Changes whenever the format of entries does.
const FORMAT: u32 = 4;

/// A digest of everything that compiled code depends on.
pub(super) struct Key(blake3::Hash);

impl Key {
    pub(super) const LENGTH: usize = blake3::OUT_LEN;

    /// The key of `wasm` as compiled by `engine`.
    pub(super) fn of(engine: &Engine, wasm: &[u8]) -> Self {
        let mut hasher = Digest(blake3::Hasher::new());
        FORMAT.hash(&mut hasher);
        env!("CARGO_PKG_VERSION").hash(&mut hasher);
        // Covers wasmtime's version, its configuration, the target and the processor's features.
        engine.precompile_compatibility_hash().hash(&mut hasher);
        blake3::hash(wasm).as_bytes().hash(&mut hasher);
        Self(hasher.0.finalize())
    }

    pub(super) const fn bytes(&self) -> &[u8; Self::LENGTH] {
        self.0.as_bytes()
    }

    /// The name of its files.
    pub(super) fn hex(&self) -> String {
        self.0.to_hex().to_string()
    }

    /// The key whose files have this name.
    pub(super) fn parse(hex: &str) -> Option<Self> {
        blake3::Hash::from_hex(hex).ok().map(Self)
    }
}

/// Collects what is hashed, since a key needs more bits than a `Hasher` gives.
struct Digest(blake3::Hasher);

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let digest = self.0.finalize();
        digest.as_bytes().iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
    }
}
