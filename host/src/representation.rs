//! What stands for a resource while it goes from one side to the other.

use wasmtime::component::ResourceAny;

use crate::guest::native;

/// A resource of a guest's, as the host refers to it; only the guest's own kind knows what that means.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Representation {
    Wasm(ResourceAny),
    Native(native::Representation),
    /// The number of an object at the other end of a wire.
    Wire(u32),
}

/// A handle that the guest passed, taken from its table.
pub(crate) enum Passed {
    /// A resource of the guest's own, given to the host.
    Guest(Representation),
    /// A resource of the host's: its representation, and whether the guest gave it back.
    Host { representation: u32, owned: bool },
}

/// A handle on its way into a guest.
#[derive(Clone, Copy)]
pub(crate) enum Passing {
    /// A resource of the guest's own.
    Guest(Representation),
    /// A resource of the host's: its number, and its representation.
    Host { resource: u32, representation: u32 },
}
